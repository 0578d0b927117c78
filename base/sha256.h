// SHA-256 (FIPS 180-4), for services that know an address only by its hash.
#pragma once

#include <string>
#include <string_view>

namespace plumbline {

std::string sha256_hex(std::string_view bytes);  // 64 lower-case digits

}  // namespace plumbline
