#include <gtest/gtest.h>

#include <random>

#include "crawler/transcript.h"
#include "tests/crawler/string_source.h"

namespace plumbline {

extern const Importer transcript_importer;

namespace {

Imported import_transcript(const std::string& bytes, const std::string& name = "Group-1.txt",
                           const ImportOptions& options = {}) {
  return import_bytes(transcript_importer, bytes, options, name);
}

// "speaker: text | speaker: text"; moderators in brackets.
std::string turns_of(std::string_view text) {
  std::string out;
  for (const Turn& turn : read_transcript(text).turns) {
    if (!out.empty()) out += " | ";
    out += turn.moderator ? "[" + turn.speaker + "]" : turn.speaker;
    out += ": " + turn.text;
  }
  return out;
}

struct TurnCase {
  const char* name;
  const char* text;
  const char* turns;
};

TEST(Transcript, ReadsEveryKind) {
  const std::vector<TurnCase> cases = {
      {"capitals", "ANNA: It is loud.\nBO: Mine is not.\nANNA: Lucky you.\n",
       "ANNA: It is loud. | BO: Mine is not. | ANNA: Lucky you."},
      {"several lines", "Anna: It is loud\nat night.\n\nAnd dear.\nBo: Yes.\nAnna: So.\n",
       "Anna: It is loud at night. And dear. | Bo: Yes. | Anna: So."},
      {"time in brackets", "[00:01] Anna: One.\n[00:05] Bo: Two.\n", "Anna: One. | Bo: Two."},
      {"time after the name", "Anna (00:01:02): One.\nBo (00:01:09): Two.\n",
       "Anna: One. | Bo: Two."},
      {"name above the words", "Anna Berg  0:03\nOne.\n\nBo Kim  0:09\nTwo.\n",
       "Anna Berg: One. | Bo Kim: Two."},
      {"bold with colon inside", "**Anna:** One.\n\n**Bo:** Two.\n", "Anna: One. | Bo: Two."},
      {"bold with colon outside", "**Anna**: One.\n**Bo**: Two.\n", "Anna: One. | Bo: Two."},
      {"headings", "# Group one\n\n### Anna\nOne.\n### Bo\nTwo.\n## Break\n### Anna\nThree.\n",
       "Anna: One. | Bo: Two. | Anna: Three."},
      {"numbered", "P1: One.\nP2: Two.\nP1: Three.\n", "P1: One. | P2: Two. | P1: Three."},
      {"spelled otherwise", "Anna: One.\nBo: Two.\nANNA: Three.\n",
       "Anna: One. | Bo: Two. | Anna: Three."},
      {"one speaker goes on", "Anna: One.\nAnna: Two.\nBo: Three.\n",
       "Anna: One. Two. | Bo: Three."},
      {"no speakers in it",
       "Anna: We saw this: a leak. Note: it was old.\nnote: not a name\nBo: So.\n",
       "Anna: We saw this: a leak. Note: it was old. note: not a name | Bo: So."},
      {"address", "Anna: See\nhttps://x.example/a\nBo: Yes.\n",
       "Anna: See https://x.example/a | Bo: Yes."},
      {"stage directions", "Anna: One.\n[laughter]\n(pause)\nBo: Two.\n", "Anna: One. | Bo: Two."},
      {"moderator", "Moderator: Welcome, all. Why?\nAnna: It is loud.\n",
       "[Moderator]: Welcome, all. Why? | Anna: It is loud."},
      {"interview", "Q: Why?\nA: Because.\nQ: And?\nA: So.\n",
       "[Q]: Why? | A: Because. | [Q]: And? | A: So."},
      {"man and woman", "M: One.\nF: Two.\nM: Three.\n", "M: One. | F: Two. | M: Three."},
      {"letter m alone", "M: Why?\nP1: So.\nM: And?\n", "[M]: Why? | P1: So. | [M]: And?"},
      {"German", "Interviewerin: Warum?\nTeilnehmer 1: Zu laut.\nTeilnehmer 2: Zu teuer.\n",
       "[Interviewerin]: Warum? | Teilnehmer 1: Zu laut. | Teilnehmer 2: Zu teuer."},
      {"French", "Modératrice : Pourquoi ?\nAnna : Trop cher.\n",
       "[Modératrice]: Pourquoi ? | Anna: Trop cher."},
      {"Spanish", "Entrevistador: ¿Por qué?\nAna: Es caro.\n",
       "[Entrevistador]: ¿Por qué? | Ana: Es caro."},
      {"Japanese", "司会：なぜですか。\n佐藤：うるさいです。\n司会：ほかには。\n佐藤：高いです。\n",
       "[司会]: なぜですか。 | 佐藤: うるさいです。 | [司会]: ほかには。 | 佐藤: 高いです。"},
      {"moderator named in the head",
       "Title: Pumps\nDate: 2026-03-12\nModerator: Dana Ruiz\nParticipants: Anna, Bo\n\n"
       "Dana Ruiz: Why?\nAnna: It is loud.\nBo: Yes.\n",
       "[Dana Ruiz]: Why? | Anna: It is loud. | Bo: Yes."},
      {"moderator beside a name",
       "Dana (Moderator): Why?\nAnna: It is loud.\nDana (Moderator): And?\n",
       "[Dana (Moderator)]: Why? | Anna: It is loud. | [Dana (Moderator)]: And?"},
      {"voices",
       "WEBVTT\n\nNOTE made by hand\n\nSTYLE\n::cue { color: red }\n\n1\n00:00:01.000 --> "
       "00:00:04.000 align:start\n<v Dana Moderator>Why?</v>\n\n00:05.000 --> 00:07.000\n<v "
       "Anna>It <i>is</i> loud.\n\n00:07.000 --> 00:09.000\n<v Anna>At night.\n",
       "[Dana Moderator]: Why? | Anna: It is loud. At night."},
      {"two voices in a cue",
       "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>One.</v> <v Bo>Two.</v>\n",
       "Anna: One. | Bo: Two."},
      {"cues with names",
       "WEBVTT\n\n00:01.000 --> 00:02.000\nAnna: One\n\n00:02.000 --> 00:03.000\ngoes on.\n\n"
       "00:04.000 --> 00:05.000\nBo: Two.\n",
       "Anna: One goes on. | Bo: Two."},
      {"srt",
       "1\r\n00:00:01,000 --> 00:00:02,000\r\nAnna: One.\r\n\r\n2\r\n00:00:03,000 --> "
       "00:00:04,000\r\n- Bo: Two.\r\n",
       "Anna: One. | Bo: Two."},
      {"nobody", "A plain text without any speaker at all.\n", ""},
      {"empty", "", ""},
  };
  for (const TurnCase& c : cases) EXPECT_EQ(turns_of(c.text), c.turns) << c.name;
}

TEST(TranscriptImport, ParticipantsAreAuthorsOfTheSession) {
  ImportOptions options;
  options.brand = "Acme";
  const auto got = import_transcript(
      "Date: 2026-03-12\n\nModerator: Why?\n[00:10] Anna: It is loud.\n[01:00:20] Bo: Yes.\n"
      "Moderator: And?\nAnna: It leaks.\n",
      "Pump Group-2.txt", options);
  ASSERT_EQ(got.documents.size(), 3u) << got.error;
  const Document& d = got.documents[0];
  EXPECT_EQ(d.source, "pumpgroup");
  EXPECT_EQ(d.id, "pump-group-2/2");
  EXPECT_EQ(d.author.id, "pump-group-2/Anna");
  EXPECT_EQ(d.author.handle, "pump-group-2/Anna");
  EXPECT_EQ(d.author.name, "Anna");
  EXPECT_EQ(d.brand, "Acme");
  EXPECT_TRUE(d.from_session);
  EXPECT_EQ(d.parent, "");
  EXPECT_EQ(format_utc(d.published_at), "2026-03-12T00:00:10Z");
  EXPECT_EQ(format_utc(got.documents[1].published_at), "2026-03-12T01:00:20Z");
  EXPECT_EQ(got.documents[1].parent, d.id);
  EXPECT_EQ(got.documents[2].parent, "");  // the moderator spoke between
  EXPECT_EQ(got.outcome.rows, 5);
  EXPECT_EQ(got.outcome.skipped, 2);
  EXPECT_EQ(got.outcome.skipped_by_reason.at("moderator's turn"), 2);
  EXPECT_TRUE(got.outcome.problems.empty());
}

struct TranscriptDate {
  const char* name;
  const char* file;
  const char* head;
  const char* date;
};

TEST(TranscriptImport, FindsDate) {
  const std::vector<TranscriptDate> cases = {
      {"line", "a.txt", "Date: 2026-03-12\n", "2026-03-12T00:00:00Z"},
      {"line with a clock", "a.txt", "Date: 2026-03-12 14:30\n", "2026-03-12T14:30:00Z"},
      {"German", "a.txt", "Datum: 12.03.2026\n", "2026-03-12T00:00:00Z"},
      {"words", "a.txt", "**Date:** 12 March 2026\n", "2026-03-12T00:00:00Z"},
      {"front matter", "a.md", "---\ntitle: \"Pumps\"\ndate: 2026-03-12\n---\n",
       "2026-03-12T00:00:00Z"},
      {"heading", "a.md", "# Focus group 2026-03-12\n\n", "2026-03-12T00:00:00Z"},
      {"file name", "2026-03-12 pumps.txt", "", "2026-03-12T00:00:00Z"},
      {"note", "a.vtt", "WEBVTT\n\nNOTE Date: 2026-03-12\n\n00:01.000 --> 00:02.000\n",
       "2026-03-12T00:00:01Z"},
      {"file's time", "a.txt", "", "2026-01-01T00:00:00Z"},
  };
  for (const TranscriptDate& c : cases) {
    ImportOptions options;
    options.file_time = 1767225600;
    const auto got =
        import_transcript(std::string(c.head) + "Anna: One.\nBo: Two.\n", c.file, options);
    ASSERT_FALSE(got.documents.empty()) << c.name << got.error;
    EXPECT_EQ(got.documents[0].author.name, "Anna") << c.name;
    EXPECT_EQ(format_utc(got.documents[0].published_at), c.date) << c.name;
  }
}

TEST(TranscriptImport, TextBeforeSpeakersIsCounted) {
  const auto got = import_transcript("The tape begins late.\nAnna: One.\nBo: Two.\n");
  EXPECT_EQ(got.documents.size(), 2u);
  EXPECT_EQ(got.outcome.skipped_by_reason.at("text before the first speaker"), 1);
  EXPECT_EQ(got.outcome.problems.at(0), "Group-1.txt:1: text before the first speaker");
}

TEST(TranscriptImport, NoSpeakersIsAnError) {
  EXPECT_NE(import_transcript("Only prose here.\n").error.find("no speaker is named"),
            std::string::npos);
  EXPECT_NE(import_transcript("WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n")
                .error.find("no speaker is named"),
            std::string::npos);
}

TEST(TranscriptImport, ClaimsTranscriptsOnly) {
  struct Case {
    const char* text;
    bool ours;
  };
  const std::vector<Case> cases = {
      {"Moderator: Why?\nAnna: Loud.\nBo: Dear.\nAnna: Yes.\n", true},
      {"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>One.\n", true},
      {"1\n00:00:01,000 --> 00:00:02,000\nAnna: One.\n", true},
      {"**Anna:** One.\n\n**Bo:** Two.\n\n**Anna:** Three.\n", true},
      {"12/03/2026, 16:05 - Anna: hi\n12/03/2026, 16:06 - Bo: hi\n12/03/2026, 16:07 - Anna: so\n",
       false},
      {"[2026-03-12 16:05] Anna: hi\n[2026-03-12 16:06] Bo: hi\n[2026-03-12 16:07] Anna: so\n",
       false},
      {"[16:05] <anna> hi\n[16:06] <bo> hi\n[16:07] <anna> so\n", false},
      {"id,date,text\n1,2026-01-01,Anna: hi\n2,2026-01-01,Bo: hi\n", false},
      {"{\"text\":\"Anna: hi\"}\n", false},
      {"From: a@x.example\nTo: b@x.example\nSubject: Hi\nDate: today\n\nHello there.\n", false},
      {"Just prose. Nothing else: no one speaks.\nReally.\n", false},
      {"", false},
  };
  for (const Case& c : cases)
    EXPECT_EQ(transcript_importer.sniff("x.txt", c.text) > 0, c.ours) << c.text;
}

TEST(TranscriptImport, RandomBytesNeverCrash) {
  std::mt19937 random(13);
  const char* const parts[] = {"Anna: ",      "Bo",       "\n",
                               "\r\n",        "[00:01] ", "**",
                               "### ",        "WEBVTT\n", "00:01.000 --> 00:02.000\n",
                               "<v Anna>",    "</v>",     "<",
                               "Moderator: ", "：",       "---\n",
                               "\xFF",        "9:",       "Date: 2026-03-12\n",
                               " ",           "text"};
  for (int round = 0; round < 500; ++round) {
    std::string bytes = round % 3 == 0 ? "WEBVTT\n\n" : "";
    for (std::size_t i = 0; i < 60; ++i) bytes += parts[random() % std::size(parts)];
    const auto whole = import_transcript(bytes);
    const auto pieces = import_bytes(transcript_importer, bytes, {}, "Group-1.txt", 64);
    EXPECT_EQ(whole.outcome.rows, pieces.outcome.rows);
    EXPECT_EQ(whole.documents.size() + static_cast<std::size_t>(whole.outcome.skipped),
              static_cast<std::size_t>(whole.outcome.rows));
    transcript_importer.sniff("x.txt", bytes);
  }
}

}  // namespace
}  // namespace plumbline
