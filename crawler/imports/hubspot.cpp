// Exports of HubSpot: contacts, notes and tickets.
#include "crawler/charset.h"
#include "crawler/contact_table.h"
#include "crawler/named_table.h"

namespace plumbline {
namespace {

constexpr ContactColumns kContacts = {
    "recordid|contactid firstname|lastname email lifecyclestage|leadstatus|contactowner|createdate",
    "recordid contactid",
    "firstname",
    "lastname",
    {},
    "companyname associatedcompany company",
    "email phonenumber mobilephonenumber",
    "websiteurl linkedinurl",
    "city",
    "notes message comments lastnote",
    "createdate"};

constexpr WordColumns kNotes = {"recordid|noteid notebody|callnotes|meetingnotes",
                                "recordid noteid",
                                {},
                                "notebody callnotes meetingnotes",
                                "activityassignedto createdby",
                                {},
                                "activitydate createdate",
                                {}};

constexpr WordColumns kTickets = {"ticketid|recordid ticketname ticketdescription|content",
                                  "ticketid recordid",
                                  "ticketname",
                                  "ticketdescription content",
                                  "associatedcontact",
                                  "associatedcontactids",
                                  "createdate",
                                  {}};

int sniff(std::string_view, std::string_view head) {
  const std::string text = decode_head(head);
  for (const std::string_view header : {kNotes.header, kTickets.header, kContacts.header})
    if (header_line(text, header) >= 0) return 97;
  return 0;
}

Result<ImportOutcome> read(ByteSource& bytes, std::string_view file_name,
                           const ImportOptions& options, const DocumentSink& sink) {
  Harvest harvest(file_name, "hubspot", options, sink);
  PeekedBytes peeked(bytes);
  const std::string head = decode_head(PLUMBLINE_TRY(peeked.peek(64 << 10)));
  if (header_line(head, kNotes.header) >= 0)
    PLUMBLINE_CHECK(harvest_words(peeked, kNotes, harvest));
  else if (header_line(head, kTickets.header) >= 0)
    PLUMBLINE_CHECK(harvest_words(peeked, kTickets, harvest));
  else
    PLUMBLINE_CHECK(harvest_contacts(peeked, kContacts, harvest));
  return std::move(harvest.outcome);
}

}  // namespace

extern const Importer hubspot_importer;
const Importer hubspot_importer = {
    "hubspot",
    "HubSpot export",
    "Contacts, notes and tickets, found by their columns whatever the view held. Of contacts only "
    "the words written about them are kept, without an author; others are counted and not kept.",
    sniff,
    read,
    "hubspot"};

}  // namespace plumbline
