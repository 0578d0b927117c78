#include "crawler/guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>

#include "base/text.h"

namespace plumbline {
namespace {

struct Range4 {
  std::uint32_t first;
  int bits;
};

constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}

constexpr Range4 kPrivate4[] = {
    {ip(0, 0, 0, 0), 8},       {ip(10, 0, 0, 0), 8},     {ip(100, 64, 0, 0), 10},
    {ip(127, 0, 0, 0), 8},     {ip(169, 254, 0, 0), 16}, {ip(172, 16, 0, 0), 12},
    {ip(192, 0, 0, 0), 24},    {ip(192, 0, 2, 0), 24},   {ip(192, 88, 99, 0), 24},
    {ip(192, 168, 0, 0), 16},  {ip(198, 18, 0, 0), 15},  {ip(198, 51, 100, 0), 24},
    {ip(203, 0, 113, 0), 24},  {ip(224, 0, 0, 0), 4},    {ip(240, 0, 0, 0), 4},
    {ip(168, 63, 129, 16), 32}  // the metadata service of one cloud, on an address that looks
                                // public
};

std::uint32_t big_endian(std::string_view bytes) {
  std::uint32_t out = 0;
  for (char c : bytes) out = out << 8 | static_cast<unsigned char>(c);
  return out;
}

bool is_private4(std::uint32_t address) {
  for (const Range4& range : kPrivate4) {
    if ((address ^ range.first) >> (32 - range.bits) == 0) return true;
  }
  return false;
}

bool all_zero(std::string_view bytes) {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

bool is_private6(std::string_view bytes) {
  const std::uint32_t first = big_endian(bytes.substr(0, 4));
  const std::uint32_t last = big_endian(bytes.substr(12));
  if (all_zero(bytes.substr(0, 10))) {  // unspecified, loopback, compatible, mapped
    const std::uint32_t marker = big_endian(bytes.substr(10, 2));
    if (marker == 0xffff) return is_private4(last);
    return marker != 0 || last <= 0xffff || is_private4(last);
  }
  if (all_zero(bytes.substr(0, 8))) return true;  // ::ffff:0:a.b.c.d and the rest of 0::/64
  if (first == 0x0064ff9b) {                      // NAT64, RFC 6052
    return !all_zero(bytes.substr(4, 8)) || is_private4(last);
  }
  if (first >> 29 != 1) return true;  // outside of 2000::/3, which alone is given to the internet
  if (first >> 16 == 0x2002) {        // 6to4
    return is_private4(big_endian(bytes.substr(2, 4)));
  }
  if (first == 0x20010000) {  // Teredo: the server's address plain, the client's inverted
    return is_private4(~last) || is_private4(big_endian(bytes.substr(4, 4)));
  }
  if (first >> 9 == 0x20010000u >> 9) return true;  // 2001::/23, for protocols
  if (first == 0x20010db8 || first >> 20 == 0x3fff0000u >> 20) return true;  // documentation
  if ((big_endian(bytes.substr(8, 4)) | 0x02000000u) == 0x02005efe)
    return is_private4(last);  // ISATAP
  return false;
}

std::string_view without_dot(std::string_view host) {
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  return host;
}

}  // namespace

bool is_private_address(std::string_view bytes) {
  if (bytes.size() == 4) return is_private4(big_endian(bytes));
  if (bytes.size() == 16) return is_private6(bytes);
  return true;
}

bool is_private_address(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    const auto* four = reinterpret_cast<const sockaddr_in*>(address);
    return is_private_address(
        std::string_view(reinterpret_cast<const char*>(&four->sin_addr), sizeof(in_addr)));
  }
  if (address->sa_family == AF_INET6) {
    const auto* six = reinterpret_cast<const sockaddr_in6*>(address);
    return is_private_address(
        std::string_view(reinterpret_cast<const char*>(&six->sin6_addr), sizeof(in6_addr)));
  }
  return true;
}

std::string address_text(const sockaddr* address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address->sa_family == AF_INET) {
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text,
              sizeof(text));
  } else if (address->sa_family == AF_INET6) {
    inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, text,
              sizeof(text));
  } else {
    return "an address of another kind";
  }
  return text;
}

bool names_host(const std::vector<std::string>& names, std::string_view host, int port) {
  const std::string suffix = ":" + std::to_string(port);
  host = without_dot(host);
  for (std::string_view name : names) {
    if (iequals_ascii(without_dot(name), host)) return true;
    if (name.size() <= suffix.size()) continue;
    const std::size_t colon = name.size() - suffix.size();
    if (name.substr(colon) == suffix && iequals_ascii(without_dot(name.substr(0, colon)), host))
      return true;
  }
  return false;
}

}  // namespace plumbline
