// A process of its own without a network, for tests of what must never be reached.
#pragma once

#include <gtest/gtest.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <functional>

namespace plumbline {

// Runs `test` in a child that has nothing but loopback, so that whatever a broken guard asks for
// goes nowhere. Its failures are this test's; false: the system allows no such child.
inline bool alone(const std::function<void()>& test) {
  constexpr int kNotAllowed = 77;
  const pid_t child = fork();
  if (child == 0) {
    int door = -1;
    ifreq loopback{};
    std::strcpy(loopback.ifr_name, "lo");
    loopback.ifr_flags = IFF_UP | IFF_RUNNING;
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0 ||
        (door = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0 ||
        ioctl(door, SIOCSIFFLAGS, &loopback) != 0)
      _exit(kNotAllowed);
    test();
    _exit(testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNotAllowed) return false;
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "see above";
  return true;
}

}  // namespace plumbline
