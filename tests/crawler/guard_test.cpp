#include "crawler/guard.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

namespace plumbline {
namespace {

// The bytes of an address as written; nothing is resolved, nothing is connected to.
std::string bytes_of(const char* text) {
  char bytes[16];
  if (inet_pton(AF_INET, text, bytes) == 1) return std::string(bytes, 4);
  if (inet_pton(AF_INET6, text, bytes) == 1) return std::string(bytes, 16);
  ADD_FAILURE() << text;
  return {};
}

TEST(Guard, KnowsWhatIsNotPublic) {
  for (const char* address : {"0.0.0.0",       "10.0.0.1",         "100.64.0.1",
                              "127.0.0.1",     "127.255.255.254",  "169.254.169.254",
                              "172.16.0.1",    "172.31.255.255",   "192.0.0.1",
                              "192.0.2.1",     "192.168.1.1",      "198.18.0.1",
                              "198.51.100.1",  "203.0.113.1",      "224.0.0.1",
                              "240.0.0.1",     "255.255.255.255",  "::",
                              "::1",           "::ffff:127.0.0.1", "::ffff:10.1.2.3",
                              "::7f00:1",      "64:ff9b::a00:1",   "2002:7f00:1::",
                              "2002:a00:1::",  "fe80::1",          "fc00::1",
                              "fd00:ec2::254", "ff02::1",          "2001:db8::1"})
    EXPECT_TRUE(is_private_address(bytes_of(address))) << address;
  for (const char* address : {"1.1.1.1", "8.8.8.8", "100.128.0.1", "172.32.0.1", "172.15.255.255",
                              "192.169.0.1", "198.20.0.1", "223.255.255.254", "2606:4700::1111",
                              "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808"})
    EXPECT_FALSE(is_private_address(bytes_of(address))) << address;
  EXPECT_TRUE(is_private_address(std::string_view("abc")));
}

TEST(Guard, AllowsOnlyTheHostsNamed) {
  const std::vector<std::string> names = {"intranet.example", "127.0.0.1:8080", "[::1]:9000"};
  EXPECT_TRUE(names_host(names, "Intranet.example.", 443));
  EXPECT_TRUE(names_host(names, "127.0.0.1", 8080));
  EXPECT_FALSE(names_host(names, "127.0.0.1", 8081));
  EXPECT_TRUE(names_host(names, "[::1]", 9000));
  EXPECT_FALSE(names_host(names, "evil.intranet.example", 443));
}

}  // namespace
}  // namespace plumbline
