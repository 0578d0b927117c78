// What the fuzz targets of the crawler do with a piece of bytes: run the parser and check what it
// promises. The same functions replay the corpus as an ordinary test.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "crawler/archive.h"
#include "crawler/feed.h"
#include "crawler/html_text.h"
#include "crawler/import.h"
#include "crawler/json_reader.h"
#include "crawler/personal_page.h"
#include "crawler/probe.h"
#include "crawler/robots.h"
#include "crawler/source.h"
#include "tests/crawler/string_source.h"

namespace plumbline::fuzz {

inline void promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

inline void check_text(const std::string& text) { promise(is_utf8(text), "text is valid UTF-8"); }

inline void try_html_text(std::string_view bytes) {
  std::string text = html_to_text(bytes);
  check_text(text);
  looks_like_html(bytes);
}

inline void walk(Json value, int level) {
  promise(level <= 257, "at most 256 levels");
  check_text(value.text());
  static_cast<void>(value.integer());
  static_cast<void>(value.number());
  for (Json child : value) walk(child, level + 1);
}

inline void try_json(std::string_view bytes) {
  if (Result<JsonDocument> document = JsonDocument::parse(bytes)) walk(document->root(), 1);
}

// The first line is the Content-Type.
inline void try_feed(std::string_view bytes) {
  FeedContext context;
  context.url = "https://garden.example/feed.xml";
  std::size_t line = bytes.find('\n');
  if (line == std::string_view::npos) return;
  context.content_type = std::string(bytes.substr(0, line));
  Result<Feed> feed = parse_feed(bytes.substr(line + 1), context);
  if (!feed) {
    promise(!feed.error().message.empty(), "an error says what it is");
    return;
  }
  for (const FeedItem& item : feed->items) {
    for (const std::string* text : {&item.id, &item.link, &item.title.text, &item.summary.text,
                                    &item.content.text, &item.content.html, &item.language}) {
      check_text(*text);
    }
  }
}

// The first line is the path asked about.
inline void try_robots(std::string_view bytes) {
  const std::size_t line = bytes.find('\n');
  if (line == std::string_view::npos) return;
  const std::string_view path = bytes.substr(0, line);
  const Robots robots = parse_robots(bytes.substr(line + 1));
  for (std::string_view agent : {"Plumbline/0.1 (+https://p.example)", "*", ""}) {
    const RobotsVerdict said = verdict(robots, agent, path);
    promise(said.allowed || !said.rule.empty(), "a refusal names its rule");
    check_text(said.rule);
    const RobotsGroup* group = group_for(robots, agent);
    if (group == nullptr) continue;
    promise(group->crawl_delay >= 0 && group->crawl_delay <= 30, "a delay is bounded");
    for (const RobotsRule& rule : group->rules)
      promise(rule.pattern.size() <= 3 * bytes.size(), "patterns grow threefold at most");
  }
}

// The first line is the cursor, the second the Link header.
inline void try_source(const Source& source, std::string_view bytes) {
  ReplyContext context;
  for (std::string* into : {&context.cursor, &context.link}) {
    std::size_t line = bytes.find('\n');
    if (line == std::string_view::npos) return;
    *into = std::string(bytes.substr(0, line));
    bytes.remove_prefix(line + 1);
  }
  SourceQuery query;
  query.url = "https://social.example";
  query.words = "#pumps";
  static_cast<void>(source.plan(query, context.cursor));
  Result<Page> page = source.parse(bytes, query, context);
  if (!page) return;
  std::set<std::string> ids;
  for (const Document& document : page->documents) {
    promise(!document.id.empty() && ids.insert(document.id).second, "ids are unique");
    promise(document.published_at != kNoTime, "times are present");
    check_text(document.id);
    check_text(document.text);
    check_text(document.title);
    check_text(document.author.handle);
  }
  promise(page->next.empty() || page->next != context.cursor, "the cursor moves");
}

inline void try_import(std::string_view name, std::string_view bytes) {
  for (const Importer* importer : all_importers()) {
    if (importer->name != name) continue;
    promise(importer->sniff("file.txt", bytes.substr(0, 65536)) >= 0, "a sniff is a number");
    Imported result = import_bytes(*importer, std::string(bytes));
    promise(result.outcome.skipped <= result.outcome.rows, "no more is skipped than was read");
    for (const Document& document : result.documents) {
      check_text(document.id);
      check_text(document.text);
      check_text(document.author.name);
    }
  }
}

// The first line is the status; each site judges the rest.
inline void try_probe(std::string_view bytes) {
  static const ProbeSites sites = *built_in_probe_sites();
  const std::size_t line = bytes.find('\n');
  if (line == std::string_view::npos) return;
  HttpReply reply;
  reply.status = std::atoi(std::string(bytes.substr(0, std::min<std::size_t>(line, 4))).c_str());
  reply.body = std::string(bytes.substr(line + 1));
  reply.content_type = "text/html";
  for (const ProbeSite& site : sites.sites) {
    const ProbeName name{"adaexample@social.example", "adaexample", "social.example"};
    const ProbeVerdict said = judge(sites, site, name, reply);
    promise(!said.reason.empty(), "a verdict has a reason");
    promise(said.state != ProbeState::illegal_name, "what was asked is no illegal name");
    promise(said.state == ProbeState::found || said.facts.empty(), "facts are of accounts only");
    check_text(said.reason);
    check_text(said.quote);
    for (const ProfileFact& fact : said.facts) check_text(fact.value);
    for (const ProfileFact& fact : actor_facts(site, name, reply.body)) check_text(fact.value);
  }
}

inline void try_personal_page(std::string_view bytes) {
  const PersonalPage page = read_personal_page(bytes, "https://ada.example/me");
  for (const std::string& link : page.me) check_text(link);
  promise(page.card.empty() || page.card.rfind("https://ada.example/", 0) == 0,
          "a card is of the same host");
  std::vector<ProfileFact> facts = read_personal_card(bytes);
  facts.insert(facts.end(), page.facts.begin(), page.facts.end());
  for (const ProfileFact& fact : facts) {
    promise(!fact.kind.empty() && !fact.value.empty() && !fact.where.empty(), "facts are whole");
    check_text(fact.value);
    check_text(fact.label);
  }
}

// A file that has no name and is gone with its descriptor, since zips are read from paths.
inline void try_zip(std::string_view bytes) {
  const int file = ::memfd_create("zip", 0);
  promise(file >= 0 && ::write(file, bytes.data(), bytes.size()) >= 0, "memory for a file");
  auto archive = open_zip("/proc/self/fd/" + std::to_string(file));
  for (std::size_t i = 0; archive && i < (*archive)->members().size(); ++i) {
    const std::string& name = (*archive)->members()[i].name;
    check_text(name);
    promise(!name.empty() && name[0] != '/' && ("/" + name + "/").find("/../") == std::string::npos,
            "names stay inside");
    auto member = (*archive)->open(i);
    char piece[4096];
    for (int reads = 0; member && reads < 1000; ++reads) {
      const auto got = (*member)->read(piece, sizeof piece);
      if (!got || *got == 0) break;
    }
  }
  ::close(file);
}

}  // namespace plumbline::fuzz
