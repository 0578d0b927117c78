// What every source promises, whatever site it reads: a new file in crawler/sources/ is tested here
// without a line being added. Its replies lie in tests/tapes/NAME/; those named error* must be
// refused.
#include <algorithm>
#include <functional>
#include <ostream>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

using Tree = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr char kToken[] = "s3cret-t0ken";

struct Tape {
  std::string name;
  std::string body;
  bool is_error = false;
};

std::vector<Tape> tapes(const Source& source) {
  std::vector<Tape> out;
  fs::path folder = tapes_of(std::string(source.name));
  if (!fs::exists(folder)) return out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::string name = entry.path().filename();
    out.push_back({name, read_whole(entry.path()), name.rfind("error", 0) == 0});
  }
  std::sort(out.begin(), out.end(), [](const Tape& a, const Tape& b) { return a.name < b.name; });
  return out;
}

// With words and with a tag, for sources that tell them apart; with the base and with another.
std::vector<SourceQuery> queries(const Source& source) {
  std::vector<SourceQuery> out;
  for (const char* words : {"", "pump", "#pumps", "a&b=c d/ü?"}) {
    if (source.needs_query && words[0] == '\0') continue;
    for (std::string base : {std::string(source.base), std::string("http://127.0.0.1:8085/sub")}) {
      if (base.empty()) continue;
      SourceQuery query;
      query.url = base;
      query.words = words;
      query.token = kToken;
      query.brand = "Acme";
      // Some want words or else an option of their own.
      if (words[0] == '\0' && !source.plan(query, "")) continue;
      out.push_back(query);
    }
  }
  return out;
}

SourceQuery plain(const Source& source) {
  SourceQuery query;
  query.url = source.base.empty() ? "https://social.example" : std::string(source.base);
  query.words = source.needs_query ? "pump" : "";
  query.brand = "Acme";
  return query;
}

void check_page(const Source& source, const Page& page, const SourceQuery& query) {
  std::set<std::string> ids;
  for (const Document& document : page.documents) {
    EXPECT_EQ(document.source, source.name);
    EXPECT_FALSE(document.id.empty());
    EXPECT_TRUE(ids.insert(document.id).second) << "twice: " << document.id;
    EXPECT_NE(document.published_at, kNoTime);
    EXPECT_EQ(document.brand, query.brand);
    for (const std::string* text :
         {&document.id, &document.url, &document.author.id, &document.author.handle,
          &document.author.name, &document.lang, &document.title, &document.text, &document.parent,
          &document.place}) {
      EXPECT_TRUE(is_utf8(*text)) << document.id;
    }
  }
  EXPECT_GE(page.skipped, 0);
  EXPECT_EQ(page.skipped > 0, !page.skipped_reason.empty());
  for (const std::string* cursor : {&page.next, &page.resume}) {
    EXPECT_TRUE(is_utf8(*cursor));
    EXPECT_EQ(cursor->find('\n'), std::string::npos);
    EXPECT_LT(cursor->size(), 64u << 10);
  }
}

// Value or error, both in order. The number of documents.
std::size_t check_body(const Source& source, std::string_view body, const SourceQuery& query,
                       const ReplyContext& context = {}) {
  Result<Page> page = source.parse(body, query, context);
  if (!page) {
    EXPECT_FALSE(page.error().message.empty());
    EXPECT_TRUE(is_utf8(page.error().message));
    EXPECT_LT(page.error().message.size(), 1000u);
    return 0;
  }
  check_page(source, *page, query);
  return page->documents.size();
}

void for_each_source(const std::function<void(const Source&)>& test) {
  for (const Source* source : all_sources()) {
    SCOPED_TRACE(std::string(source->name));
    test(*source);
  }
}

// Calls `change` with every value of the tree in turn, on a copy of the tree.
void for_each_value(const Tree& tree,
                    const std::function<void(Tree& value, const Tree& whole)>& change) {
  std::vector<Tree::json_pointer> places;
  std::function<void(const Tree&, const Tree::json_pointer&)> walk =
      [&](const Tree& value, const Tree::json_pointer& place) {
        places.push_back(place);
        if (value.is_object()) {
          for (const auto& [key, child] : value.items()) walk(child, place / key);
        } else if (value.is_array()) {
          for (std::size_t i = 0; i < value.size(); ++i) walk(value[i], place / i);
        }
      };
  walk(tree, Tree::json_pointer());
  for (const auto& place : places) {
    Tree copy = tree;
    change(copy[place], copy);
  }
}

std::vector<std::string> hostile_strings() {
  std::vector<std::string> out = {"",
                                  " ",
                                  "\n",
                                  "<script>alert(1)</script>",
                                  "<![CDATA[",
                                  "]]>",
                                  "&#0;",
                                  "&lt;&amp;lt;",
                                  "javascript:alert(1)",
                                  "//else.example/x",
                                  "https://",
                                  "http://[::1",
                                  "9999999999999999999999",
                                  "-1",
                                  "1e400",
                                  "2026-13-45T99:99:99Z",
                                  "a=b;c=d",
                                  "a,b,c",
                                  "%",
                                  "%zz",
                                  "../../..",
                                  "\xE2\x80\xAE"
                                  "abc",
                                  "\xF0\x9F\x92\xA9",
                                  "Z\xCC\x81\xCC\x82\xCC\x83",
                                  std::string(3000, '<'),
                                  std::string(100000, 'x')};
  fs::path file = fs::path(PLUMBLINE_SOURCE_DIR) / "../shared/suites/strings/naughty.json";
  if (!fs::exists(file)) return out;
  Tree list = Tree::parse(read_whole(file), nullptr, false);
  for (const Tree& item : list) {
    if (item.is_string()) out.push_back(item.get<std::string>());
  }
  return out;
}

bool is_json(const Tape& tape) { return Tree::accept(tape.body); }

TEST(EverySource, IsFoundByName) {
  EXPECT_GE(all_sources().size(), 3u);
  for_each_source([](const Source& source) {
    EXPECT_EQ(find_source(source.name), &source);
    for (char c : source.name) EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    EXPECT_FALSE(source.title.empty());
    EXPECT_FALSE(source.terms.empty());
    EXPECT_NE(source.help.find("[[source]]"), std::string_view::npos);
    EXPECT_NE(source.help.find("\"" + std::string(source.name) + "\""), std::string_view::npos);
    EXPECT_GT(source.requests_per_second, 0);
    EXPECT_TRUE(source.needs_url || is_web_url(source.base));
  });
  EXPECT_EQ(find_source("nowhere"), nullptr);
}

TEST(EverySource, ReadsItsTapes) {
  for_each_source([](const Source& source) {
    std::size_t documents = 0;
    for (const Tape& tape : tapes(source)) {
      SCOPED_TRACE(tape.name);
      Result<Page> page = source.parse(tape.body, plain(source), {});
      EXPECT_EQ(page.has_value(), !tape.is_error) << (page ? "" : page.error().message);
      documents += check_body(source, tape.body, plain(source));
    }
    EXPECT_GT(documents, 0u) << "no tape in tests/tapes/" << source.name << " gives a document";
  });
}

TEST(EverySource, AsksTheConfiguredAddress) {
  for_each_source([](const Source& source) {
    for (const SourceQuery& query : queries(source)) {
      for (const char* cursor : {"", "garbage", "since=1700000000", "since=115580000000000300",
                                 "before=1;page=99;seen=x", "max=zzz/../..;since=%00",
                                 "page=https%3A%2F%2Felse.example%2F", "offset=-5"}) {
        Result<Request> request = source.plan(query, cursor);
        ASSERT_TRUE(request) << request.error().message;
        EXPECT_EQ(request->url.rfind(query.url, 0), 0u) << request->url;
        EXPECT_EQ(request->url.find(kToken), std::string::npos);
        EXPECT_EQ(request->url.find_first_of(" \n\"<>"), std::string::npos) << request->url;
      }
    }
  });
}

TEST(EverySource, SaysWhatIsMissing) {
  for_each_source([](const Source& source) {
    for (bool url : {true, false}) {
      SourceQuery query = plain(source);
      if (url && !source.needs_url) continue;
      if (!url && !source.needs_query) continue;
      (url ? query.url : query.words).clear();
      Result<Request> request = source.plan(query, "");
      ASSERT_FALSE(request);
      EXPECT_EQ(request.error().code, ErrorCode::invalid);
      EXPECT_NE(request.error().message.find(url ? "url" : "query"), std::string::npos);
    }
  });
}

TEST(EverySource, AsksAgainForWhatIsKept) {
  for_each_source([](const Source& source) {
    EXPECT_EQ(source.recheck != nullptr, source.recheck_at_once > 0);
    if (source.recheck == nullptr) return;
    const std::vector<std::string> ids(std::min<std::size_t>(source.recheck_at_once, 2), "a/b&1");
    for (const SourceQuery& query : queries(source)) {
      const Result<Request> request = source.recheck(query, ids);
      if (!request) continue;
      EXPECT_EQ(request->url.rfind(query.url, 0), 0u) << request->url;
      EXPECT_EQ(request->url.find(kToken), std::string::npos);
    }
    for (const Tape& tape : tapes(source)) {
      ReplyContext context;
      context.cursor = kRecheck;
      const Result<Page> page = source.parse(tape.body, plain(source), context);
      if (page) {
        EXPECT_EQ(page->next + page->resume, "") << tape.name;
      }
    }
  });
}

TEST(EverySource, ExplainsItsOptions) {
  for_each_source([](const Source& source) {
    for (const SourceOption& option : source.options) {
      EXPECT_FALSE(option.key.empty());
      EXPECT_FALSE(option.help.empty());
    }
    if (source.needs_token) {
      EXPECT_FALSE(source.key.empty()) << "how to get a key";
    }
  });
}

TEST(EverySource, RefusesWhatIsNotItsOwn) {
  for_each_source([](const Source& source) {
    for (std::string body : {"", " ", "null", "true", "7", "\"text\"", "{}", "<", "<html></html>",
                             "Service unavailable", "\xFF\xFE\xFD", "[1,2"}) {
      Result<Page> page = source.parse(body, plain(source), {});
      ASSERT_FALSE(page) << body;
      EXPECT_EQ(page.error().code, ErrorCode::parse) << body;
    }
  });
}

// A reply that breaks off never moves the place from which the next run begins.
TEST(EverySource, RefusesEveryTruncatedReply) {
  for_each_source([](const Source& source) {
    for (const Tape& tape : tapes(source)) {
      SCOPED_TRACE(tape.name);
      std::size_t whole = tape.body.find_last_not_of(" \r\n\t") + 1;
      for (std::size_t length = 0; length < whole; ++length) {
        Result<Page> page =
            source.parse(std::string_view(tape.body).substr(0, length), plain(source), {});
        ASSERT_FALSE(page) << "accepted the first " << length << " bytes";
      }
    }
  });
}

TEST(EverySource, SurvivesFlippedBytes) {
  for_each_source([](const Source& source) {
    for (const Tape& tape : tapes(source)) {
      SCOPED_TRACE(tape.name);
      for (std::size_t at = 0; at < tape.body.size(); at += 3) {
        std::string body = tape.body;
        body[at] = static_cast<char>(body[at] ^ (1 << (at % 8)));
        check_body(source, body, plain(source));
      }
    }
  });
}

TEST(EverySource, SurvivesWrongTypes) {
  for_each_source([](const Source& source) {
    for (const Tape& tape : tapes(source)) {
      if (!is_json(tape)) continue;
      SCOPED_TRACE(tape.name);
      for (const Tree& wrong :
           {Tree(nullptr), Tree(true), Tree(-7), Tree(1e300), Tree("x"), Tree(""),
            Tree(Tree::array()), Tree(Tree::object()), Tree({1, nullptr}), Tree({{"id", 5}}),
            Tree(18446744073709551615u)}) {
        for_each_value(Tree::parse(tape.body), [&](Tree& value, const Tree& whole) {
          value = wrong;
          check_body(source, whole.dump(), plain(source));
        });
      }
    }
  });
}

TEST(EverySource, IgnoresUnknownFields) {
  for_each_source([](const Source& source) {
    for (const Tape& tape : tapes(source)) {
      if (!is_json(tape) || tape.is_error) continue;
      SCOPED_TRACE(tape.name);
      std::size_t before = check_body(source, tape.body, plain(source));
      for_each_value(Tree::parse(tape.body), [&](Tree& value, const Tree& whole) {
        if (!value.is_object()) return;
        value["field_of_next_year"] = {{"id", "1"}, {"list", {1, 2, 3}}};
        EXPECT_EQ(check_body(source, whole.dump(), plain(source)), before);
      });
    }
  });
}

TEST(EverySource, SurvivesHostileStrings) {
  std::vector<std::string> strings = hostile_strings();
  for_each_source([&](const Source& source) {
    for (const Tape& tape : tapes(source)) {
      SCOPED_TRACE(tape.name);
      for (const std::string& text : strings) {
        if (!is_json(tape)) {  // as text of every element, raw
          std::string body;
          for (char c : tape.body)
            body += c == '<' && body.size() > 200 ? text + "<" : std::string(1, c);
          check_body(source, text.size() > 5000 ? text + tape.body : body, plain(source));
          continue;
        }
        Tree tree = Tree::parse(tape.body);  // all strings but the keys at once
        std::function<void(Tree&)> replace = [&](Tree& value) {
          if (value.is_string()) value = text;
          if (value.is_structured()) {
            for (Tree& child : value) replace(child);
          }
        };
        replace(tree);
        check_body(source, tree.dump(-1, ' ', false, Tree::error_handler_t::replace),
                   plain(source));
      }
    }
  });
}

bool ends_with(std::string_view key, std::string_view end) {
  return key.size() >= end.size() && iequals_ascii(key.substr(key.size() - end.size()), end);
}

// Every id in the object becomes the number, as text where it was text; so does an id within an
// object of its own ({"id": {"label": "7"}}) and the end of a resource name ("places/a/reviews/b").
// Addresses, which can be ids, end with it.
void renumber(Tree& item, int number) {
  for (auto& [key, value] : item.items()) {
    bool id = ends_with(key, "id") || ends_with(key, "id_code");
    bool address = (ends_with(key, "url") || ends_with(key, "uri")) && value.is_string();
    if (address) value = value.get<std::string>() + "/" + std::to_string(number);
    if (id && value.is_string()) value = std::to_string(number);
    if (id && value.is_number()) value = number;
    if (id && value.is_object() && value.size() == 1 && value.front().is_string())
      value.front() = std::to_string(number);
    if (key == "name" && value.is_string()) {
      const std::string name = value.get<std::string>();
      const std::size_t slash = name.rfind('/');
      if (slash != std::string::npos) value = name.substr(0, slash + 1) + std::to_string(number);
    }
    if (value.is_object()) renumber(value, number);
  }
}

// The longest list of objects in the tree, made ten thousand long with ids of their own.
bool lengthen(Tree& tree) {
  Tree* longest = nullptr;
  std::function<void(Tree&)> find = [&](Tree& value) {
    bool list = value.is_array() && !value.empty() && value[0].is_object();
    if (list && (longest == nullptr || value[0].size() > (*longest)[0].size())) longest = &value;
    if (!value.is_structured()) return;
    for (Tree& child : value) find(child);
  };
  find(tree);
  if (longest == nullptr) return false;
  const Tree first = (*longest)[0];
  *longest = Tree::array();
  for (int i = 0; i < 10000; ++i) {
    longest->push_back(first);
    renumber(longest->back(), 100000 + i);
  }
  return true;
}

TEST(EverySource, ReadsTenThousandItems) {
  for_each_source([](const Source& source) {
    for (const Tape& tape : tapes(source)) {
      if (!is_json(tape) || tape.is_error) continue;
      SCOPED_TRACE(tape.name);
      Tree tree = Tree::parse(tape.body);
      if (!lengthen(tree)) continue;
      EXPECT_EQ(check_body(source, tree.dump(), plain(source)), 10000u);
    }
  });
}

// The server gives the same reply, and the same link to what comes next, again and again.
TEST(EverySource, AlwaysComesToAnEnd) {
  for_each_source([](const Source& source) {
    for (const Tape& tape : tapes(source)) {
      if (tape.is_error) continue;
      SCOPED_TRACE(tape.name);
      for (const SourceQuery& query : queries(source)) {
        std::set<std::string> visited;
        ReplyContext context;
        context.url = query.url;
        context.link = "<" + query.url + "/next?max_id=90000000000000000&page=2>; rel=\"next\"";
        do {
          ASSERT_TRUE(visited.insert(context.cursor).second) << "came back to " << context.cursor;
          Result<Page> page = source.parse(tape.body, query, context);
          ASSERT_TRUE(page);
          check_page(source, *page, query);
          if (page->next.empty()) break;
          ASSERT_TRUE(source.plan(query, page->next));
          context.cursor = page->next;
        } while (visited.size() < 1000);
        EXPECT_LT(visited.size(), 1000u);
      }
    }
  });
}

TEST(EverySource, SurvivesForeignCursors) {
  for_each_source([](const Source& source) {
    for (const Tape& tape : tapes(source)) {
      for (const std::string& cursor : hostile_strings()) {
        ReplyContext context;
        context.cursor = context.link = context.url = context.content_type = cursor;
        check_body(source, tape.body, plain(source), context);
        context.cursor = "since=" + cursor + ";before=" + cursor + ";max=" + cursor;
        check_body(source, tape.body, plain(source), context);
      }
    }
  });
}

}  // namespace
}  // namespace plumbline
