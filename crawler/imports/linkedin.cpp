// LinkedIn's "Get a copy of your data": a zip of tables.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "crawler/charset.h"
#include "crawler/contact.h"
#include "crawler/harvest.h"
#include "crawler/harvest_rows.h"

namespace plumbline {
namespace {

// "Shares_123456.csv" of a complete export is "shares".
std::string stem_of(std::string_view name) {
  std::string stem = ascii_lower(base_name(name));
  if (!ends_in(stem, ".csv")) return {};
  stem.resize(stem.size() - 4);
  const auto line = stem.rfind('_');
  if (line != std::string::npos && line + 1 < stem.size() &&
      stem.find_first_not_of("0123456789", line + 1) == std::string::npos)
    stem.resize(line);
  return stem;
}

struct Kind {
  std::string_view stem;
  std::string_view names;  // of its header
};
constexpr std::array<Kind, 13> kKinds = {{
    {"profile", "firstname lastname headline"},
    {"messages", "conversationid from date content"},
    {"guide_messages", "conversationid from date content"},
    {"learning_coach_messages", "conversationid from date content"},
    {"learning_role_play_messages", "conversationid from date content"},
    {"invitations", "from to sentat message"},
    {"recommendations_received", "firstname lastname text"},
    {"recommendations_given", "firstname lastname text"},
    {"shares", "date sharecommentary"},
    {"comments", "date link message"},
    {"reactions", "date type link"},
    {"votes", "date link optiontext"},
    {"connections", "firstname lastname company position connectedon"},
}};

const Kind* kind_of(std::string_view name) {
  const std::string stem = stem_of(name);
  for (const Kind& kind : kKinds)
    if (kind.stem == stem) return &kind;
  return nullptr;
}

int sniff(std::string_view file_name, std::string_view head) {
  const Kind* kind = kind_of(file_name);
  return kind != nullptr && header_line(decode_head(head), kind->names) >= 0 ? 98 : 0;
}

int recognise(std::span<const ArchiveMember> members) {
  int kinds = 0;
  for (const ArchiveMember& member : members) kinds += kind_of(member.name) != nullptr ? 1 : 0;
  return sure_by_names(members, "linkedin", 90) > 0 ? 97 : kinds >= 2 ? 95 : kinds == 1 ? 45 : 0;
}

// "https://www.linkedin.com/in/anna-berg-1a2b?x" gives "anna-berg-1a2b".
std::string handle_of(std::string_view url) {
  const auto in = url.find("/in/");
  if (in == std::string_view::npos) return {};
  url.remove_prefix(in + 4);
  return std::string(url.substr(0, url.find_first_of("/?#")));
}

bool says_yes(const std::string& cell) {
  const std::string lower = ascii_lower(cell);
  return lower == "yes" || lower == "true" || lower == "1";
}

// Quotes are doubled in most tables and backslashed in some.
std::string plain_quotes(std::string text) {
  for (std::size_t at = text.find("\\\""); at != std::string::npos; at = text.find("\\\"", at + 1))
    text.erase(at, 1);
  return text;
}

class LinkedIn {
 public:
  explicit LinkedIn(Harvest& harvest) : harvest_(harvest) {}

  std::vector<MemberReader> readers() {
    std::vector<MemberReader> readers;
    for (const Kind& kind : kKinds)
      readers.push_back(
          {kind.stem, [&kind](std::string_view name) { return stem_of(name) == kind.stem; },
           [this, &kind](ByteSource& bytes, std::string_view) {
             return harvest_table(bytes, kind.names, harvest_,
                                  [&](const NamedTable& row) { return take(kind.stem, row); });
           }});
    return readers;
  }

 private:
  Status take(std::string_view stem, const NamedTable& row) {
    if (stem == "profile") {
      owner_.name = row.cell("firstname") + " " + row.cell("lastname");
      return {};
    }
    if (ends_in(stem, "messages")) return take_message(row);
    if (stem == "invitations") return take_invitation(row);
    if (stem == "connections") return take_connection(row);
    if (stem.substr(0, 15) == "recommendations")
      return take_recommendation(row, stem == "recommendations_received");
    if (stem == "reactions" || stem == "votes") {
      harvest_.pass("reaction or vote without words");
      return {};
    }
    return take_post(row);
  }

  Status take_message(const NamedTable& row) {
    if (says_yes(row.cell("ismessagedraft")) || says_yes(row.cell("isconversationdraft"))) {
      harvest_.pass("draft, never sent");
      return {};
    }
    Document document;
    document.author = person(row.cell("from"), row.cell("senderprofileurl"));
    if (document.author.name == owner_.name && owner_.id.empty()) owner_ = document.author;
    document.published_at = time_in(row.cell("date"));
    document.title = row.cell("subject");
    document.text = row.cell("content");
    return harvest_.keep(row.line(), std::move(document), row.cell("conversationid"));
  }

  Status take_invitation(const NamedTable& row) {
    Document document;
    document.author = person(row.cell("from"), row.cell("inviterprofileurl"));
    document.published_at = time_in(row.cell("sentat"));
    document.text = row.cell("message");
    if (document.text.empty()) {
      harvest_.pass("invitation without words");
      return {};
    }
    return harvest_.keep(row.line(), std::move(document), row.cell("to"));
  }

  Status take_recommendation(const NamedTable& row, bool received) {
    const std::string name = row.cell("firstname") + " " + row.cell("lastname");
    Document document;
    document.author = received ? person(name, {}) : owner_;
    document.published_at = time_in(row.cell("creationdate"));
    document.text = row.cell("text");
    return harvest_.keep(row.line(), std::move(document), name);
  }

  Status take_post(const NamedTable& row) {
    Document document;
    document.author = owner_;
    document.published_at = time_in(row.cell("date"));
    document.text = plain_quotes(row.cell("sharecommentary message"));
    document.url = row.cell("sharelink link");
    return harvest_.keep(row.line(), std::move(document), document.url);
  }

  Status take_connection(const NamedTable& row) {
    Contact contact;
    contact.line = row.line();
    contact.name = std::string(trim(row.cell("firstname") + " " + row.cell("lastname")));
    contact.organisation = row.cell("company");
    contact.reach = row.cell("emailaddress");
    contact.url = row.cell("url");
    contact.words = row.cell("notes note");
    contact.written = time_in(row.cell("connectedon"));
    return keep_contact(harvest_, contact);
  }

  static Author person(const std::string& name, const std::string& url) {
    const std::string handle = handle_of(url);
    return {handle, handle, std::string(trim(name))};
  }

  Harvest& harvest_;
  Author owner_{{}, {}, "the archive's owner"};
};

Result<ImportOutcome> read_archive(Archive& archive, std::string_view file_name,
                                   const ImportOptions& options, const DocumentSink& sink) {
  Harvest harvest(file_name, "linkedin", options, sink);
  LinkedIn linkedin(harvest);
  PLUMBLINE_CHECK(read_members(archive, linkedin.readers(), harvest));
  return std::move(harvest.outcome);
}

}  // namespace

extern const Importer linkedin_importer;
const Importer linkedin_importer = {
    "linkedin",
    "LinkedIn archive",
    "The zip of \"Get a copy of your data\", its folder or one of its tables: messages, "
    "invitations with a message, recommendations, posts and comments. Posts and comments are the "
    "owner's. Connections are people, not utterances: counted, and kept only where a note stands "
    "beside them; reactions and votes have no words.",
    sniff,
    read_one<read_archive>,
    "linkedin",
    recognise,
    read_archive};

}  // namespace plumbline
