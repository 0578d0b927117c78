// Address books: only the notes in them are words.
#include "crawler/vcard.h"
#include "base/text.h"
#include "crawler/harvest.h"

namespace plumbline {
namespace {

int sniff(std::string_view, std::string_view head) {
  const std::string text = decode_head(head);
  return iequals_ascii(trim(text).substr(0, 11), "BEGIN:VCARD") ? 100 : 0;
}

bool is_card(std::string_view name) { return ends_in(name, ".vcf") || ends_in(name, ".vcard"); }

int recognise(std::span<const ArchiveMember> members) { return sure_by_names(members, ".vcf", 50); }

Result<ImportOutcome> read_archive(Archive& archive, std::string_view file_name,
                                   const ImportOptions& options, const DocumentSink& sink) {
  Harvest harvest(file_name, "vcard", options, sink);
  const bool one = archive.members().size() == 1;
  PLUMBLINE_CHECK(read_members(
      archive,
      {{"cards", [&](std::string_view name) { return one || is_card(name); },
        [&](ByteSource& bytes, std::string_view) { return harvest_vcards(bytes, harvest); }}},
      harvest));
  return std::move(harvest.outcome);
}

}  // namespace

extern const Importer vcard_importer;
const Importer vcard_importer = {
    "vcard",
    "Address book (vCard)",
    "Cards of versions 2.1, 3.0 and 4.0. A contact is a person, not an utterance: a card with a "
    "note is kept as that note, titled with the name and without an author; others are counted and "
    "not kept.",
    sniff,
    read_one<read_archive>,
    "vcard",
    recognise,
    read_archive};

}  // namespace plumbline
