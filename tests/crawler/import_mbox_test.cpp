#include <gtest/gtest.h>

#include "crawler/mail.h"
#include "tests/crawler/named_files.h"

namespace plumbline {

extern const Importer mbox_importer;

namespace {

TEST(ImportMbox, ReadsPlainMultipartAndEncodedMails) {
  const Imported got = import_bytes(
      mbox_importer,
      "From anna@acme.example Thu Mar 12 16:05:00 2026\n"
      "Message-ID: <1@acme.example>\nFrom: \"Berg, Anna\" <Anna@Acme.example>\n"
      "Subject: =?utf-8?Q?Die_Pumpe_f=C3=BC?=\n =?utf-8?Q?r_Oslo?=\n"
      "Date: Thu, 12 Mar 2026 17:05:00 +0100 (CET)\n\n"
      "It leaks.\n>From the start, that is.\n\n-- \nAnna Berg\nAcme\n\n"
      "From bo@x.example Fri Mar 13 08:00:00 2026\n"
      "Message-ID: <2@x.example>\nIn-Reply-To: <1@acme.example>\nFrom: bo@x.example (Bo Kim)\n"
      "Subject: Re: leak\nDate: Fri, 13 Mar 2026 08:00:00 +0000\nMIME-Version: 1.0\n"
      "Content-Type: multipart/mixed; boundary=\"out;er\"\n\npreamble\n--out;er\n"
      "Content-Type: multipart/alternative; boundary=in\n\n--in\n"
      "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n"
      "\nMine is caf=E9-quiet, =\nreally.\n\nOn Thu, 12 Mar 2026, Berg, Anna\n<a@b.example> wrote:"
      "\n> It leaks.\n--in\nContent-Type: text/html\n\n<p>Mine, in colour</p>\n--in--\n--out;er\n"
      "Content-Type: text/plain; name=notes.txt\nContent-Disposition: attachment; "
      "filename=notes.txt\n\nnot mine\n--out;er--\nepilogue\n\n"
      "From cy@x.example Sat Mar 14 08:00:00 2026\r\n"
      "Message-ID: <3@x.example>\r\nReferences: <1@acme.example> <2@x.example>\r\n"
      "From: =?windows-1251?B?yO7x6PQ=?= <cy@x.example>\r\nSubject: html\r\n"
      "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
      "PHA+UXVpdGUgbG91ZC48L3A+PGRpdiBjbGFzcz0iZ21haWxfcXVvdGUiPm9sZDwvZGl2Pg==\r\n",
      {}, "all.mbox");
  ASSERT_EQ(got.error, "");
  EXPECT_EQ(
      all_of(got.documents),
      (std::vector<std::string>{
          "mail 1@acme.example | anna@acme.example / anna@acme.example / Berg, Anna | "
          "2026-03-12T16:05:00Z | title=Die Pumpe für Oslo | text=It leaks.\nFrom the start, that "
          "is.",
          "mail 2@x.example | bo@x.example / bo@x.example / Bo Kim | 2026-03-13T08:00:00Z | "
          "title=Re: leak | text=Mine is café-quiet, really. | parent=1@acme.example",
          "mail 3@x.example | cy@x.example / cy@x.example / Иосиф | 2026-03-14T08:00:00Z | "
          "title=html | text=Quite loud. | parent=2@x.example"}));
  EXPECT_TRUE(got.outcome.problems.empty());
}

TEST(ImportMbox, LeavesOutWhatNobodyWrote) {
  const Imported got = import_bytes(
      mbox_importer,
      "From a@x.example Thu Mar 12 16:05:00 2026\nFrom: a@x.example\nAuto-Submitted: auto-replied\n"
      "\nI am away.\n\n"
      "From a@x.example Thu Mar 12 16:05:00 2026\nFrom: a@x.example\nPrecedence: bulk\n\nBuy.\n\n"
      "From 1@xxx Thu Mar 12 16:05:00 +0000 2026\nFrom: a@x.example\nX-Gmail-Labels: Spam,Unread\n"
      "\nBuy.\n\n"
      "From 1@xxx Thu Mar 12 16:05:00 +0000 2026\nFrom: a@x.example\n\n> only a quote\n\n"
      "From 1@xxx Thu Mar 12 1:99:99 2026\nFrom: a@x.example\nDate: someday\n\nNo date.\n",
      {}, "all.mbox");
  EXPECT_EQ(got.documents.size(), 0u);
  EXPECT_EQ(got.outcome.skipped_by_reason.at("mail written by a machine"), 2);
  EXPECT_EQ(got.outcome.skipped_by_reason.at("spam, bin or draft"), 1);
  EXPECT_EQ(got.outcome.skipped_by_reason.at("no date that can be read"), 1);
  ASSERT_EQ(got.outcome.problems.size(), 1u);
  EXPECT_EQ(got.outcome.problems[0].substr(0, 12), "all.mbox:24:");
}

TEST(ImportMbox, TakesNoLineOfTextForTheNextMail) {
  const Imported got = import_bytes(
      mbox_importer,
      "From a@x.example Thu Mar 12 16:05:00 2026\nFrom: a@x.example\n\nOne.\n\nFrom here on.\n"
      "From b@x.example Thu Mar 12 16:05:00 2026\n",
      {}, "all.mbox");
  ASSERT_EQ(got.documents.size(), 1u);
  EXPECT_EQ(got.documents[0].text,
            "One.\n\nFrom here on.\nFrom b@x.example Thu Mar 12 16:05:00 2026");
}

TEST(ImportMbox, KeepsTheOwnWords) {
  struct Case {
    const char* name;
    const char* text;
    const char* own;
  };
  const std::vector<Case> cases = {
      {"answer below", "On Monday, Bo wrote:\n> Why?\n\nBecause.\n", "Because."},
      {"answers between", "> One?\nYes.\n> Two?\nNo.\n", "Yes.\nNo."},
      {"German", "Ja.\n\nAm 3.3.2026 um 10:00 schrieb Bo Kim:\n> Gut?\n", "Ja."},
      {"French", "Oui.\n\nLe 3 mars 2026 Bo a écrit :\n> Bon ?\n", "Oui."},
      {"Outlook", "Yes.\n\nFrom: Bo Kim\nSent: Monday\nTo: Anna\nSubject: Why\n\nOld.\n", "Yes."},
      {"original", "Yes.\n-----Original Message-----\nOld.\n", "Yes."},
      {"forwarded", "See below.\n\nBegin forwarded message:\nOld.\n", "See below."},
      {"device", "Yes.\n\nSent from my phone\n", "Yes."},
      {"a word like any other", "From: the start\nit leaked.\n", "From: the start\nit leaked."},
      {"signature", "Yes.\n-- \nBo\n", "Yes."},
  };
  for (const Case& one : cases) EXPECT_EQ(own_words(one.text), one.own) << one.name;
}

TEST(ImportMbox, ReadsOneMailThatStandsAlone) {
  const std::string mail =
      "Received: by x\nMIME-Version: 1.0\nFrom: a@x.example\nDate: Thu, 12 Mar 2026 17:05:00 "
      "+0100\n\nHello.\n";
  EXPECT_EQ((*pick_importer("auto", "one.eml", mail))->name, "mbox");
  EXPECT_EQ((*pick_importer("auto", "x", "From a@x.example Thu Mar 12 16:05:00 2026\n"))->name,
            "mbox");
  const Imported got = import_bytes(mbox_importer, mail, {}, "one.eml");
  ASSERT_EQ(got.documents.size(), 1u);
  EXPECT_EQ(got.documents[0].text, "Hello.");
  EXPECT_EQ(import_bytes(mbox_importer, mail, {}, "two.eml").documents[0].id, got.documents[0].id);
}

}  // namespace
}  // namespace plumbline
