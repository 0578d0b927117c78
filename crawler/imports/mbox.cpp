// Mail: what people wrote, without what they quoted.
#include "base/text.h"
#include "crawler/charset.h"
#include "crawler/harvest.h"
#include "crawler/mail.h"

namespace plumbline {
namespace {

bool is_mail(std::string_view name) { return ends_in(name, ".mbox") || ends_in(name, ".eml"); }

int sniff(std::string_view file_name, std::string_view head) {
  const std::string_view first = head.substr(0, head.find('\n'));
  if (is_from_line(first)) return 99;
  const std::string lower = ascii_lower(head.substr(0, 16384));
  const bool headers = lower.find("\nmessage-id:") != std::string::npos ||
                       lower.find("\nmime-version:") != std::string::npos;
  return ends_in(file_name, ".eml") && headers ? 98 : 0;
}

int recognise(std::span<const ArchiveMember> members) {
  return sure_by_names(members, ".mbox .eml", 60);
}

Result<ImportOutcome> read_archive(Archive& archive, std::string_view file_name,
                                   const ImportOptions& options, const DocumentSink& sink) {
  Harvest harvest(file_name, "mail", options, sink);
  const bool one = archive.members().size() == 1;
  PLUMBLINE_CHECK(read_members(
      archive,
      {{"mails", [&](std::string_view name) { return one || is_mail(name); },
        [&](ByteSource& bytes, std::string_view) { return harvest_mails(bytes, harvest); }}},
      harvest));
  return std::move(harvest.outcome);
}

}  // namespace

extern const Importer mbox_importer;
const Importer mbox_importer = {
    "mbox",
    "Mail (mbox, eml)",
    "What people wrote: quoted mails, what was forwarded, signatures and attachments are left out, "
    "and so are mass mails, automatic answers, spam, bin and drafts. The Message-ID is the id, "
    "In-Reply-To the parent, From the author.",
    sniff,
    read_one<read_archive>,
    "mail",
    recognise,
    read_archive};

}  // namespace plumbline
