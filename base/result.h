// How every function of Plumbline says that it could not do its work: errors are values, never
// exceptions.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace plumbline {

// What kind of trouble it is; the command line turns it into its exit code.
enum class ErrorCode {
  invalid,       // the input or the configuration is wrong; the message names the place and the fix
  not_found,     // what was asked for does not exist
  denied,        // a credential is missing or was refused, or a reader was asked to write
  refused,       // a guard of ours or robots.txt said no, so nothing was asked
  rate_limited,  // the other side asked us to wait longer than we are willing to
  network,       // the other side could not be reached or broke off
  parse,         // bytes that are not what they claim to be
  store,         // the database failed
  file,          // a file could not be read or written; the message names it
  disk_full,     // no space left for the file that the message names
  conflict,      // another process holds what we need
  ambiguous,     // the words fit several things; the message lists them
  partial,       // some of the work was done, some was not; the message says which
  internal,      // a promise inside Plumbline was broken
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;  // one sentence for a person, with the fix where there is one
  std::string where;    // file, line, source or address it happened at; may be empty
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string where = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(where)});
}

// "where: message", or the message alone. For people.
inline std::string describe(const Error& error) {
  return error.where.empty() ? error.message : error.where + ": " + error.message;
}

}  // namespace plumbline

// The value of `expr`, or return its error to the caller:  auto page = PLUMBLINE_TRY(parse(body));
// Each use has a variable of its own, so that one may stand inside another.
#define PLUMBLINE_TRY(expr) PLUMBLINE_TRY_NUMBERED(expr, __COUNTER__)
#define PLUMBLINE_TRY_NUMBERED(expr, number) PLUMBLINE_TRY_NAMED(expr, number)
#define PLUMBLINE_TRY_NAMED(expr, number)                                  \
  __extension__({                                                          \
    auto plumbline_result_##number = (expr);                               \
    if (!plumbline_result_##number)                                        \
      return tl::unexpected(std::move(plumbline_result_##number).error()); \
    std::move(plumbline_result_##number).value();                          \
  })

// The same for a Status, which has no value.
#define PLUMBLINE_CHECK(expr)                                     \
  do {                                                            \
    if (auto plumbline_status = (expr); !plumbline_status)        \
      return tl::unexpected(std::move(plumbline_status).error()); \
  } while (false)
