// The guard against being led into a private network: which addresses are private, and which hosts
// the configuration allows to be there. Asked after name resolution, for every connection.
#pragma once

#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace plumbline {

// Whether the bytes of an address (4 for IPv4, 16 for IPv6, network order) lie where the public
// internet does not: loopback, private, link-local (with the metadata service of clouds),
// unique-local, carrier-grade NAT, multicast, reserved, documentation and benchmarking ranges
// (IANA's special-purpose registries). IPv6 addresses that carry an IPv4 address (mapped,
// compatible, NAT64, 6to4, Teredo, ISATAP) are private if it is. Any other length is private.
bool is_private_address(std::string_view bytes);
// The same for a socket address; other families than IPv4 and IPv6 are private.
bool is_private_address(const sockaddr* address);
// "10.0.0.1", "fe80::1"; "an address of another kind" for other families.
std::string address_text(const sockaddr* address);

// Whether one of `names`, each "host" (then any port is meant) or "host:port", is this host. Case
// and a dot at the end do not count; an IPv6 host stands in brackets.
bool names_host(const std::vector<std::string>& names, std::string_view host, int port);

}  // namespace plumbline
