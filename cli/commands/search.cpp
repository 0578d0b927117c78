#include <nlohmann/json.hpp>

#include "app/lines.h"
#include "app/search.h"
#include "base/text.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

Result<int> run_search(const Arguments& arguments) {
  const Workspace workspace = PLUMBLINE_TRY(open_here(arguments, Access::read));
  std::string words;
  for (const std::string& word : arguments.words) words += (words.empty() ? "" : " ") + word;
  const int limit = static_cast<int>(PLUMBLINE_TRY(arguments.number("--limit", 20, 1, 1000000)));
  const SearchOutcome found = PLUMBLINE_TRY(search(workspace, words, limit));
  if (found.unindexed > 0)
    say(
        fmt_line("{} mentions came with --no-analysis; words find them after the next `plumbline "
                 "nightly`",
                 found.unindexed));
  if (arguments.has("--json")) {
    Json json = {{"query", found.understood}, {"total", found.total}, {"mentions", Json::array()}};
    if (!found.topics.empty()) json["topics"] = found.topics;
    if (found.unindexed > 0) json["not_searched_by_words"] = found.unindexed;
    for (const StoredDocument& stored : found.mentions) {
      Json row = Json::parse(document_json(stored.document));
      row["sentiment"] = name_of(stored.analysis.sentiment.label);
      row["copy"] = stored.copy_of != 0;
      json["mentions"].push_back(std::move(row));
    }
    print(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return 0;
  }
  for (const StoredDocument& stored : found.mentions) {
    const Document& d = stored.document;
    print(escape_terminal(fmt_line("{}  {}:{}  {}{}", workspace.config.zone.format(d.published_at),
                                   d.source, d.author.handle,
                                   name_of(stored.analysis.sentiment.label),
                                   stored.copy_of ? ", copy" : "")) +
          "\n");
    print("  " + escape_terminal(shorten((d.title.empty() ? "" : d.title + ": ") + d.text, 300)) +
          "\n");
    if (!d.url.empty()) print("  " + escape_terminal(d.url) + "\n");
  }
  say(fmt_line("{} of {} mentions for {}", found.mentions.size(), found.total,
               escape_terminal(found.understood)));
  if (!found.topics.empty())
    say(escape_terminal(fmt_line("topics there are: {}", fmt::join(found.topics, "; "))));
  return 0;
}

}  // namespace

extern const Command search_command;
const Command search_command = {
    "search",
    "QUERY [--limit N] [--json]",
    "find mentions by words, phrases and fields, newest first",
    "Words side by side mean AND; OR, NOT, -word, (brackets), \"a phrase\", begin* and field:value "
    "work. Fields: source author lang brand\n"
    "sentiment topic kind rating before after parent title place.",
    "  plumbline search '\"customer service\" sentiment:negative'\n  plumbline search 'refund OR "
    "cancel* after:2026-01-01 rating:<=2' --json\n",
    {{"--limit", "N", "default 20"}, {"--dialect", "NAME", "plumbline"}, {"--json", "", "as JSON"}},
    1,
    -1,
    run_search};

}  // namespace plumbline
