// A scripted web server on 127.0.0.1 for tests: it answers with the bytes it was given, as slowly
// and as wrongly as a test wants.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "crawler/curl_http.h"

namespace plumbline {

struct Asked {
  std::string head;  // request line and headers
  std::string path;
  int connection = 0;  // numbered from 1
  std::chrono::steady_clock::time_point at;
};

struct Scripted {
  std::string bytes;        // the whole reply, as it goes over the wire
  int pause_after = -1;     // after so many bytes …
  int pause_millis = 0;     // … nothing for so long
  int millis_per_byte = 0;  // then slowly
  bool close = false;       // hang up at the end
};

inline std::string http_reply(int status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

class Loopback {
 public:
  using Script = std::function<Scripted(const Asked&)>;

  explicit Loopback(Script script) : script_(std::move(script)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    listen(listener_, 64);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }
  ~Loopback() {
    stopping_ = true;
    acceptor_.join();
    for (std::thread& thread : serving_) thread.join();
    close(listener_);
  }
  Loopback(const Loopback&) = delete;
  Loopback& operator=(const Loopback&) = delete;

  int port() const { return port_; }
  std::string place() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string url(const std::string& path = "/") const { return "http://" + place() + path; }
  std::vector<Asked> asked() const {
    std::lock_guard lock(mutex_);
    return asked_;
  }
  int connections() const { return connections_; }

 private:
  bool readable(int descriptor) const {
    while (!stopping_) {
      pollfd one{descriptor, POLLIN, 0};
      if (poll(&one, 1, 10) > 0) return true;
    }
    return false;
  }

  void accept_all() {
    while (readable(listener_)) {
      int peer = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (peer < 0) continue;
      int number = ++connections_;
      serving_.emplace_back([this, peer, number] { serve(peer, number); });
    }
  }

  void serve(int peer, int number) {
    std::string pending;
    while (readable(peer)) {
      char piece[4096];
      ssize_t got = recv(peer, piece, sizeof(piece), 0);
      if (got <= 0) break;
      pending.append(piece, static_cast<std::size_t>(got));
      std::size_t end = pending.find("\r\n\r\n");
      if (end == std::string::npos) continue;
      Asked asked{pending.substr(0, end + 2), {}, number, std::chrono::steady_clock::now()};
      pending.erase(0, end + 4);
      std::size_t blank = asked.head.find(' ');
      asked.path = asked.head.substr(blank + 1, asked.head.find(' ', blank + 1) - blank - 1);
      {
        std::lock_guard lock(mutex_);
        asked_.push_back(asked);
      }
      Scripted reply = script_(asked);
      if (!deliver(peer, reply) || reply.close) break;
    }
    close(peer);
  }

  bool deliver(int peer, const Scripted& reply) const {
    std::string_view left = reply.bytes;
    if (reply.pause_after >= 0) {
      std::string_view first = left.substr(0, static_cast<std::size_t>(reply.pause_after));
      if (!send_all(peer, first)) return false;
      left.remove_prefix(first.size());
      if (!rest(reply.pause_millis)) return false;
    }
    if (reply.millis_per_byte == 0) return send_all(peer, left);
    for (char c : left) {
      if (!send_all(peer, {&c, 1}) || !rest(reply.millis_per_byte)) return false;
    }
    return true;
  }

  bool rest(int millis) const {
    auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(millis);
    while (!stopping_ && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return !stopping_;
  }

  static bool send_all(int peer, std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t sent = send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  Script script_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> connections_{0};
  mutable std::mutex mutex_;
  std::vector<Asked> asked_;
  std::thread acceptor_;
  std::vector<std::thread> serving_;
};

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

// Short limits, and leave to connect to this server.
inline HttpOptions quick(const Loopback& server) {
  HttpOptions options;
  options.user_agent = "Plumbline/0.1 (test)";
  options.private_hosts = {server.place()};
  options.connect_timeout_seconds = 2;
  options.total_timeout_seconds = 2;
  options.stall_timeout_seconds = 1;
  options.first_backoff_seconds = 0.01;
  return options;
}

inline HttpRequest ask(const std::string& url) {
  HttpRequest request;
  request.request.url = url;
  request.requests_per_second = 1000;
  return request;
}

}  // namespace plumbline
