// The archive that Reddit hands out on request: tables of one account.
#include <array>

#include "base/text.h"
#include "crawler/charset.h"
#include "crawler/harvest.h"
#include "crawler/harvest_rows.h"

namespace plumbline {
namespace {

struct Kind {
  std::string_view file;
  std::string_view names;
};
constexpr std::array<Kind, 6> kKinds = {{
    {"statistics.csv", "statistic value"},
    {"comments.csv", "id permalink date subreddit body"},
    {"posts.csv", "id permalink date subreddit title"},
    {"messages.csv", "id date from to body"},
    {"messages_archive.csv", "id date from to body"},
    {"chat_history.csv", "messageid createdat username message"},
}};

const Kind* kind_of(std::string_view name) {
  for (const Kind& kind : kKinds)
    if (iequals_ascii(base_name(name), kind.file)) return &kind;
  return nullptr;
}

int sniff(std::string_view file_name, std::string_view head) {
  const std::string text = decode_head(head);
  if (const Kind* kind = kind_of(file_name); kind != nullptr && kind != &kKinds[0])
    return header_line(text, kind->names) >= 0 ? 97 : 0;
  return header_line(text, "id permalink date subreddit gildings body") >= 0 ? 97 : 0;
}

int recognise(std::span<const ArchiveMember> members) {
  int kinds = 0, marks = 0;
  for (const ArchiveMember& member : members) {
    kinds += kind_of(member.name) != nullptr ? 1 : 0;
    const std::string_view base = base_name(member.name);
    for (const std::string_view mark :
         {"comment_headers.csv", "subscribed_subreddits.csv", "post_votes.csv", "comment_votes.csv",
          "linked_identities.csv", "chat_history.csv"})
      marks += base == mark ? 1 : 0;
  }
  return kinds > 0 && marks > 0 ? 96 : 0;
}

// "https://www.reddit.com/r/pumps/…", "/r/pumps/…" and "pumps" are all the same place.
std::string subreddit_of(const std::string& cell) {
  return cell.rfind("r/", 0) == 0 ? cell.substr(2) : cell;
}

bool is_gone(const std::string& text) {
  return text == "[deleted]" || text == "[removed]" || text == "[deleted by user]";
}

class Reddit {
 public:
  explicit Reddit(Harvest& harvest) : harvest_(harvest) {}

  std::vector<MemberReader> readers(bool one) {
    std::vector<MemberReader> readers;
    for (const Kind& kind : kKinds)
      readers.push_back(
          {kind.file.substr(0, kind.file.size() - 4),
           [&kind](std::string_view name) { return kind_of(name) == &kind; },
           [this, &kind](ByteSource& bytes, std::string_view) { return read(bytes, kind); }});
    // A table that somebody took out and named otherwise.
    if (one)
      readers.push_back({"comments or posts", [](std::string_view) { return true; },
                         [this](ByteSource& bytes, std::string_view) {
                           return read(bytes, {{}, "id date body"});
                         }});
    return readers;
  }

 private:
  Status read(ByteSource& bytes, const Kind& kind) {
    return harvest_table(bytes, kind.names, harvest_, [&](const NamedTable& row) -> Status {
      if (kind.file == "statistics.csv") {
        if (row.cell("statistic") == "account name") owner_ = row.cell("value");
        return {};
      }
      return take(row);
    });
  }

  Status take(const NamedTable& row) {
    Document document;
    document.text = row.cell("body message");
    document.title = row.cell("title subject");
    if (is_gone(document.text)) document.text.clear();
    if (is_gone(document.title)) document.title.clear();
    document.id = row.cell("id messageid");
    document.parent = row.cell("parent threadparentmessageid");
    std::string from = row.cell("from username");
    if (from.empty()) from = owner_;
    document.author = {from, from, from};
    document.published_at = time_in(row.cell("date createdat"));
    document.url = row.cell("permalink");
    document.place = subreddit_of(row.cell("subreddit"));
    if (!document.place.empty()) document.place = "r/" + document.place;
    // A comment on a post itself names no parent; the post is in its link.
    if (const std::string link = row.cell("link"); document.parent.empty()) {
      const auto at = link.find("/comments/");
      if (at != std::string::npos)
        document.parent = link.substr(at + 10, link.find('/', at + 10) - at - 10);
    }
    return harvest_.keep(row.line(), std::move(document));
  }

  Harvest& harvest_;
  std::string owner_ = "the archive's owner";
};

Result<ImportOutcome> read_archive(Archive& archive, std::string_view file_name,
                                   const ImportOptions& options, const DocumentSink& sink) {
  Harvest harvest(file_name, "reddit", options, sink);
  Reddit reddit(harvest);
  PLUMBLINE_CHECK(read_members(archive, reddit.readers(archive.members().size() == 1), harvest));
  return std::move(harvest.outcome);
}

}  // namespace

extern const Importer reddit_importer;
const Importer reddit_importer = {
    "reddit",
    "Reddit archive",
    "The zip that Reddit sends on request, or comments.csv and posts.csv out of it: comments, "
    "posts, messages and chats. What was removed or deleted is counted and left out.",
    sniff,
    read_one<read_archive>,
    "reddit",
    recognise,
    read_archive};

}  // namespace plumbline
