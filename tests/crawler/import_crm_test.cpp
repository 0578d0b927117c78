#include <gtest/gtest.h>

#include "tests/crawler/named_files.h"

namespace plumbline {

extern const Importer hubspot_importer;
extern const Importer salesforce_importer;

namespace {

std::string picked(const std::string& table) {
  const auto importer = pick_importer("auto", "export.csv", table);
  return importer ? std::string((*importer)->name) : describe(importer.error());
}

TEST(ImportHubspot, ReadsContactsNotesAndTickets) {
  const std::string contacts =
      "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Company Name,Contact owner,"
      "Lifecycle Stage,Create Date,Message\n"
      "101,Anna,Berg,anna@x.example,,Buyer,Acme,Ola,Lead,2024-03-12 09:14,Is it quiet?\n"
      "102,Bo,Kim,bo@x.example,,,,Ola,Lead,3/15/2024 2:30 PM,\n";
  EXPECT_EQ(picked(contacts), "hubspot");
  const Imported got = import_bytes(hubspot_importer, contacts, {}, "export.csv");
  EXPECT_EQ(all_of(got.documents),
            (std::vector<std::string>{"hubspot 101 |  /  /  | 2024-03-12T09:14:00Z | title=Anna "
                                      "Berg, Acme | text=Is it quiet?"}));
  EXPECT_EQ(got.outcome.skipped_by_reason.at("contact without words, not kept"), 1);
  const std::string notes =
      "Record ID,Note body,Activity date,Activity assigned to\n"
      "7,<p>Called Anna.</p>,3/15/2024 2:30 PM,Ola Nord\n8,x,someday,Ola Nord\n";
  EXPECT_EQ(picked(notes), "hubspot");
  const Imported noted = import_bytes(hubspot_importer, notes, {}, "export.csv");
  EXPECT_EQ(all_of(noted.documents),
            (std::vector<std::string>{"hubspot 7 | Ola Nord / Ola Nord / Ola Nord | "
                                      "2024-03-15T14:30:00Z | text=<p>Called Anna.</p>"}));
  EXPECT_EQ(noted.outcome.problems,
            (std::vector<std::string>{"export.csv:3: no date that can be read"}));
  const std::string tickets =
      "Ticket ID,Ticket name,Ticket description,Create date,Associated Contact\n"
      "9,Leak,It leaks at night.,2024-03-12 09:14,Anna Berg\n";
  EXPECT_EQ(picked(tickets), "hubspot");
  EXPECT_EQ(all_of(import_bytes(hubspot_importer, tickets, {}, "export.csv").documents),
            (std::vector<std::string>{"hubspot 9 | Anna Berg / Anna Berg / Anna Berg | "
                                      "2024-03-12T09:14:00Z | title=Leak | text=It leaks at "
                                      "night."}));
}

TEST(ImportSalesforce, ReadsEveryTable) {
  const std::string contacts =
      "\"ID\",\"ACCOUNTID\",\"LASTNAME\",\"FIRSTNAME\",\"NAME\",\"MAILINGCITY\",\"EMAIL\","
      "\"DESCRIPTION\",\"OWNERID\",\"CREATEDDATE\"\n"
      "\"003A\",\"001A\",\"Berg\",\"Anna\",\"Anna Berg\",\"Oslo\",\"anna@x.example\",\"Wants "
      "quiet.\",\"005\",\"2024-03-12T09:14:00.000Z\"\n"
      "\"003B\",\"001A\",\"Kim\",\"Bo\",\"Bo Kim\",\"\",\"\",\"\",\"005\","
      "\"2024-03-12T09:14:00.000Z\"\n";
  EXPECT_EQ(picked(contacts), "salesforce");
  const Imported got = import_bytes(salesforce_importer, contacts, {}, "export.csv");
  EXPECT_EQ(all_of(got.documents),
            (std::vector<std::string>{"salesforce 003A |  /  /  | 2024-03-12T09:14:00Z | "
                                      "title=Anna Berg | text=Wants quiet. | place=Oslo"}));
  EXPECT_EQ(got.outcome.skipped_by_reason.at("contact without words, not kept"), 1);
  const std::string leads =
      "Lead ID,First Name,Last Name,Company / Account,Email,Description,Create Date\n"
      "00Q1,Cy,Odd,Pump Inc,cy@x.example,Asked twice.,2024-03-12\n";
  EXPECT_EQ(import_bytes(salesforce_importer, leads, {}, "leads.csv").documents.size(), 1u);
  const std::string cases =
      "Id,CaseNumber,ContactId,SuppliedName,SuppliedEmail,Subject,Description,CreatedDate\n"
      "500A,00001,003A,Anna Berg,anna@x.example,Leak,It leaks.,2024-03-13T09:14:00.000+0000\n";
  EXPECT_EQ(picked(cases), "salesforce");
  EXPECT_EQ(
      all_of(import_bytes(salesforce_importer, cases, {}, "case.csv").documents),
      (std::vector<std::string>{"salesforce 00001 | anna@x.example / anna@x.example / Anna "
                                "Berg | 2024-03-13T09:14:00Z | title=Leak | text=It leaks."}));
  const std::string comments =
      "Id,ParentId,CommentBody,CreatedById,CreatedDate\n"
      "00a1,500A,Still leaks.,005,2024-03-14T09:14:00.000Z\n";
  EXPECT_EQ(picked(comments), "salesforce");
  EXPECT_EQ(all_of(import_bytes(salesforce_importer, comments, {}, "c.csv").documents),
            (std::vector<std::string>{"salesforce 00a1 | 005 / 005 / 005 | 2024-03-14T09:14:00Z | "
                                      "text=Still leaks. | parent=500A"}));
  const std::string tasks =
      "Id,WhoId,Subject,Description,OwnerId,ActivityDate\n"
      "00T1,003A,Call,She was angry.,005,2024-03-14\n";
  EXPECT_EQ(picked(tasks), "salesforce");
  EXPECT_EQ(all_of(import_bytes(salesforce_importer, tasks, {}, "t.csv").documents),
            (std::vector<std::string>{"salesforce 00T1 | 005 / 005 / 005 | 2024-03-14T00:00:00Z | "
                                      "title=Call | text=She was angry."}));
}

}  // namespace
}  // namespace plumbline
