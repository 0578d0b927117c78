#include <gtest/gtest.h>

#include "tests/crawler/named_files.h"

namespace plumbline {

extern const Importer vcard_importer;

namespace {

ImportOptions dated() {
  ImportOptions options;
  options.file_time = 1772323200;  // 2026-03-01
  return options;
}

TEST(ImportVcard, ReadsEveryVersion) {
  const Imported got = import_bytes(
      vcard_importer,
      "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg"
      "\r\nNOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Die Pumpe ist =\r\nihm zu laut, sagt er; "
      "f=C3=BCr die=0D=0AKueche.\r\nTEL;CELL:+49 1\r\nEND:VCARD\r\n"
      "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Berg\r\nitem1.ORG:Acme\\, Inc.;Service\r\n"
      "item1.X-ABLabel:work\r\nNOTE:Wants the quiet pump\\, not the stro\r\n ng one.\\nCall in "
      "May.\r\nEMAIL;TYPE=work:anna@acme.example\r\nURL:https://acme.example/anna\r\n"
      "ADR;TYPE=work:;;Way 1;Oslo;;0150;Norway\r\nREV:20260312T101500Z\r\nUID:card-7\r\n"
      "PHOTO;ENCODING=b:AAAA\r\n BBBB\r\nEND:VCARD\r\n"
      "BEGIN:VCARD\nVERSION:4.0\nFN:Bo Kim\nNOTE;LANGUAGE=en;X=\"a:b\":Left Acme.\n"
      "UID:urn:uuid:1\nREV:2026-04-01T00:00:00Z\nEND:VCARD\n",
      dated(), "book.vcf");
  ASSERT_EQ(got.error, "");
  EXPECT_EQ(all_of(got.documents),
            (std::vector<std::string>{
                "vcard made |  /  /  | 2026-03-01T00:00:00Z | title=Jörg Müller | text=Die Pumpe "
                "ist ihm zu laut, sagt er; für die\r\nKueche.",
                "vcard card-7 |  /  /  | 2026-03-12T10:15:00Z | title=Anna Berg, Acme, Inc., "
                "Service | text=Wants the quiet pump, not the strong one.\nCall in May. | "
                "url=https://acme.example/anna | place=Oslo",
                "vcard urn:uuid:1 |  /  /  | 2026-04-01T00:00:00Z | title=Bo Kim | text=Left "
                "Acme."}));
}

TEST(ImportVcard, CountsContactsWithoutWordsAndSaysWhatIsBroken) {
  const std::string cards =
      "BEGIN:VCARD\nVERSION:3.0\nFN:Anna Berg\nEND:VCARD\n"
      "BEGIN:VCARD\nVERSION:3.0\nFN:Cy Odd\nBEGIN:VCARD\nVERSION:3.0\nFN:Bo Kim\nNOTE:Hello.\n"
      "END:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Di Last\nNOTE:No end.\n";
  const Imported got = import_bytes(vcard_importer, cards, dated(), "book.vcf");
  ASSERT_EQ(got.documents.size(), 2u);
  EXPECT_EQ(got.documents[0].text, "Hello.");
  EXPECT_EQ(got.documents[1].text, "No end.");
  EXPECT_EQ(got.outcome.rows, 3);
  EXPECT_EQ(got.outcome.skipped_by_reason.at("contact without words, not kept"), 1);
  EXPECT_EQ(
      got.outcome.problems,
      (std::vector<std::string>{"book.vcf:8: a card begins inside of another, which is not closed",
                                "book.vcf:13: the card is not closed"}));
  // The same cards give the same ids, also at another time.
  ImportOptions later = dated();
  later.file_time += 86400;
  const Imported again = import_bytes(vcard_importer, cards, later, "book (1).vcf");
  EXPECT_EQ(again.documents[0].id, got.documents[0].id);
}

TEST(ImportVcard, IsRecognised) {
  EXPECT_EQ((*pick_importer("auto", "x.dat", "BEGIN:VCARD\r\nVERSION:3.0\r\n"))->name, "vcard");
  const NamedFiles files(std::map<std::string, std::string>{{"Contacts/All/All.vcf", ""}});
  EXPECT_NE(vcard_importer.recognise(files.members()), 0);
}

}  // namespace
}  // namespace plumbline
