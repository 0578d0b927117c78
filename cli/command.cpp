#include "cli/command.h"

#include <fmt/format.h>

#include <charconv>

#include "base/text.h"

namespace plumbline {

std::string Arguments::get(std::string_view name, std::string_view otherwise) const {
  const auto found = options.find(name);
  return found == options.end() || found->second.empty() ? std::string(otherwise)
                                                         : found->second.back();
}

std::vector<std::string> Arguments::all(std::string_view name) const {
  const auto found = options.find(name);
  return found == options.end() ? std::vector<std::string>{} : found->second;
}

Result<std::int64_t> Arguments::number(std::string_view name, std::int64_t otherwise,
                                       std::int64_t least, std::int64_t most) const {
  if (!has(name)) return otherwise;
  const std::string text = get(name);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && value >= least && value <= most)
    return value;
  return fail(ErrorCode::invalid, fmt::format("{} wants a whole number from {} to {}, not '{}'",
                                              name, least, most, escape_terminal(text)));
}

}  // namespace plumbline
