// Contacts of Google as a table; as cards they are read by vcard.
#include "crawler/charset.h"
#include "crawler/contact_table.h"
#include "crawler/named_table.h"

namespace plumbline {
namespace {

// The current kind, and the one before 2024 that calls the parts of a name given and family.
constexpr ContactColumns kColumns = {
    "firstname|givenname lastname|familyname email1value|email1label|email1type notes|phone1value",
    {},
    "firstname givenname",
    "lastname familyname",
    "name",
    "organizationname organization1name",
    "email1value phone1value",
    "website1value",
    "address1city",
    "notes",
    {}};

int sniff(std::string_view, std::string_view head) {
  return header_line(decode_head(head), kColumns.header) == 0 ? 98 : 0;
}

Result<ImportOutcome> read(ByteSource& bytes, std::string_view file_name,
                           const ImportOptions& options, const DocumentSink& sink) {
  Harvest harvest(file_name, "googlecontacts", options, sink);
  PLUMBLINE_CHECK(harvest_contacts(bytes, kColumns, harvest));
  return std::move(harvest.outcome);
}

}  // namespace

extern const Importer googlecontacts_importer;
const Importer googlecontacts_importer = {
    "googlecontacts",
    "Google Contacts (CSV)",
    "The table of the current kind and of the one before 2024. A contact with notes is kept as "
    "those notes, titled with the name and without an author; others are counted and not kept.",
    sniff,
    read,
    "googlecontacts"};

}  // namespace plumbline
