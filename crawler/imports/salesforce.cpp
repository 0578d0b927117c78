// Exports of Salesforce: contacts, leads, cases, comments on cases, tasks; names as the API writes
// them, in capitals, or as the labels of reports.
#include "crawler/charset.h"
#include "crawler/contact_table.h"
#include "crawler/named_table.h"

namespace plumbline {
namespace {

constexpr ContactColumns kContacts = {
    "id|contactid|leadid lastname|fullname|name email "
    "accountid|accountname|company|companyaccount|ownerid",
    "id contactid leadid",
    "firstname",
    "lastname",
    "fullname name",
    "accountname company companyaccount",
    "email phone mobilephone",
    "website",
    "mailingcity city",
    "description notes",
    "lastmodifieddate createddate createdate"};

constexpr WordColumns kCases = {
    "id|caseid|casenumber subject description contactid|contactname|suppliedname|suppliedemail|"
    "casenumber",
    "casenumber id caseid",
    "subject",
    "description",
    "contactname suppliedname",
    "suppliedemail contactid",
    "createddate datetimeopened opened",
    {}};

constexpr WordColumns kComments = {"id|casecommentid commentbody parentid|casenumber",
                                   "id casecommentid",
                                   {},
                                   "commentbody",
                                   "createdby",
                                   "createdbyid",
                                   "createddate",
                                   "parentid casenumber"};

constexpr WordColumns kTasks = {"id|activityid subject description|comments whoid|whatid|assigned",
                                "id activityid",
                                "subject",
                                "description comments",
                                "assigned createdby",
                                "ownerid",
                                "createddate activitydate date",
                                {}};

int sniff(std::string_view, std::string_view head) {
  const std::string text = decode_head(head);
  for (const std::string_view header :
       {kComments.header, kCases.header, kTasks.header, kContacts.header})
    if (header_line(text, header) >= 0) return 96;
  return 0;
}

Result<ImportOutcome> read(ByteSource& bytes, std::string_view file_name,
                           const ImportOptions& options, const DocumentSink& sink) {
  Harvest harvest(file_name, "salesforce", options, sink);
  PeekedBytes peeked(bytes);
  const std::string head = decode_head(PLUMBLINE_TRY(peeked.peek(64 << 10)));
  for (const WordColumns* columns : {&kComments, &kCases, &kTasks}) {
    if (header_line(head, columns->header) < 0) continue;
    PLUMBLINE_CHECK(harvest_words(peeked, *columns, harvest));
    return std::move(harvest.outcome);
  }
  PLUMBLINE_CHECK(harvest_contacts(peeked, kContacts, harvest));
  return std::move(harvest.outcome);
}

}  // namespace

extern const Importer salesforce_importer;
const Importer salesforce_importer = {
    "salesforce",
    "Salesforce export",
    "Contacts, leads, cases, comments on cases and tasks, with the names of the API in any case or "
    "the labels of reports. Of contacts and leads only the words written about them are kept, "
    "without an author; others are counted and not kept.",
    sniff,
    read,
    "salesforce"};

}  // namespace plumbline
