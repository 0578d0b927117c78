// An address taken apart by the same reader that libcurl connects with, so that what was checked is
// what is connected to.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace plumbline {

struct Target {
  std::string url;     // complete, with blanks and other bytes that may not stand in it encoded
  std::string scheme;  // "http" or "https"
  std::string host;    // lower case; spellings of an IPv4 address made one; IPv6 in brackets
  int port = 0;        // that of the scheme where none is given
  std::string path;    // with the query: what robots.txt rules are about
  std::string shown;   // for messages: without user, query and fragment

  std::string place() const { return host + ":" + std::to_string(port); }  // what is paced
  std::string origin() const { return scheme + "://" + place(); }
};

// Anything but http and https with a host is an error of code invalid.
Result<Target> parse_target(std::string_view url);

}  // namespace plumbline
