// What the tests of single sources have in common.
#pragma once

#include <string>
#include <vector>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/tape.h"

namespace plumbline {

// A question to a source that wants a key.
inline SourceQuery keyed_query() {
  SourceQuery query;
  query.words = "acme pump";
  query.token = "s3cret";
  return query;
}

// A source, and a question to it.
struct SourceCase {
  const Source& source;
  SourceQuery query;

  explicit SourceCase(const char* name, const char* words = "acme pump", const char* url = "")
      : source(*find_source(name)) {
    query.words = words;
    query.url = url;
    query.brand = "Acme";
  }

  std::string url(const std::string& cursor = "") const {
    const auto request = source.plan(query, cursor);
    return request ? request->url : "error: " + request.error().message;
  }
  std::string asked(const std::string& key, const std::string& cursor = "") const {
    return query_parameter(url(cursor), key);
  }
  Result<Page> read(const std::string& name, const std::string& cursor = "",
                    const std::string& link = "") const {
    ReplyContext context;
    context.cursor = cursor;
    context.link = link;
    return source.parse(tape(std::string(source.name), name), query, context);
  }
  std::string header(const std::string& key, const std::string& cursor = "") const {
    const auto request = source.plan(query, cursor);
    if (!request) return {};
    for (const auto& [name, value] : request->headers)
      if (name == key) return value;
    return {};
  }
  std::string recheck(const std::vector<std::string>& ids) const {
    return source.recheck(query, ids)->url;
  }
};

// The page that `body` is read as; empty, and a failure, where it cannot be read.
inline Page read_body(const SourceCase& of, const std::string& body,
                      const std::string& cursor = "") {
  ReplyContext context;
  context.cursor = cursor;
  const Result<Page> read = of.source.parse(body, of.query, context);
  EXPECT_TRUE(read) << read.error().message;
  return read ? *read : Page();
}

}  // namespace plumbline
