#include "tests/store/fixture.h"

namespace plumbline {
namespace {

TEST(Put, KeepsEveryFieldOfADocument) {
  Folder folder;
  auto store = open_writer(folder.file());
  ASSERT_TRUE(store);
  Entry entry = entry_of("1", "ada", 20000, "The pump leaks again.");
  Document& document = entry.document;
  document.author.name = "Ada Example";
  document.title = "Leaking";
  document.lang = "en";
  document.parent = "0";
  document.place = "Oslo";
  document.rating = 2.5;
  document.likes = 7;
  document.shares = 0;
  document.from_session = true;
  Analysis analysis = analysis_of(Polarity::negative);
  analysis.sentiment = {Polarity::negative, -0.7F, 0.8F, 0.1F, 0.1F};
  analysis.aspects = {{"reliability", Polarity::negative, {4, 14}}};
  analysis.statements = {{StatementKind::pain, "leaks", {0, 21}}};
  analysis.statements[0].condition = {9, 21};
  analysis.price_talk = 0.25F;
  analysis.value_talk = 0.5F;
  entry.analysis = analysis;
  EXPECT_EQ(put(*store, {entry}).added, 1);

  const auto found = value_of(store->after(0, 10));
  ASSERT_EQ(found.size(), 1U);
  const Document& kept = found[0].document;
  EXPECT_EQ(kept.source, "forum");
  EXPECT_EQ(kept.id, "1");
  EXPECT_EQ(kept.url, document.url);
  EXPECT_EQ(kept.author.id, "id-ada");
  EXPECT_EQ(kept.author.handle, "ada");
  EXPECT_EQ(kept.author.name, "Ada Example");
  EXPECT_EQ(kept.published_at, noon(20000));
  EXPECT_EQ(kept.lang, "en");
  EXPECT_EQ(kept.title, "Leaking");
  EXPECT_EQ(kept.text, document.text);
  EXPECT_EQ(kept.parent, "0");
  EXPECT_EQ(kept.place, "Oslo");
  EXPECT_EQ(kept.rating, 2.5);
  EXPECT_EQ(kept.likes, 7);
  EXPECT_EQ(kept.shares, 0);
  EXPECT_EQ(kept.brand, "Acme");
  EXPECT_TRUE(kept.from_session);
  const Analysis& read = found[0].analysis;
  EXPECT_EQ(read.version, "v1");
  EXPECT_EQ(read.lang, "en");
  EXPECT_TRUE(read.scored);
  EXPECT_EQ(read.sentiment.label, Polarity::negative);
  EXPECT_EQ(read.sentiment.score, -0.7F);
  EXPECT_EQ(read.sentiment.negative, 0.8F);
  EXPECT_EQ(read.sentiment.neutral, 0.1F);
  EXPECT_EQ(read.sentiment.positive, 0.1F);
  EXPECT_EQ(read.price_talk, 0.25F);
  EXPECT_EQ(read.value_talk, 0.5F);
  ASSERT_EQ(read.aspects.size(), 1U);
  EXPECT_EQ(read.aspects[0].aspect, "reliability");
  EXPECT_EQ(read.aspects[0].label, Polarity::negative);
  EXPECT_EQ(read.aspects[0].span, (Span{4, 14}));
  ASSERT_EQ(read.statements.size(), 1U);
  EXPECT_EQ(read.statements[0].kind, StatementKind::pain);
  EXPECT_EQ(read.statements[0].condition, (Span{9, 21}));
  EXPECT_EQ(read.statements[0].topic, "leaks");
  EXPECT_EQ(read.statements[0].span, (Span{0, 21}));
}

TEST(Put, TwiceIsOnce) {
  Folder folder;
  auto store = open_writer(folder.file());
  std::vector<Entry> entries;
  for (int i = 0; i < 50; ++i)
    entries.push_back(entry_of(std::to_string(i), "ada", 20000 + i, "text " + std::to_string(i)));
  EXPECT_EQ(put(*store, entries).added, 50);
  const auto before = value_of(store->cells({"", "", 0, 30000, Unit::month}));
  const PutOutcome again = put(*store, entries);
  EXPECT_EQ(again.added, 0);
  EXPECT_EQ(again.known, 50);
  const auto after = value_of(store->cells({"", "", 0, 30000, Unit::month}));
  ASSERT_EQ(before.size(), after.size());
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(before[i].counts.n, after[i].counts.n);
  EXPECT_EQ(value_of(store->status("v1")).documents, 50);
}

TEST(Put, AnEditReplacesTheTextOnlyWhenAsked) {
  Folder folder;
  auto store = open_writer(folder.file());
  put(*store, {entry_of("1", "ada", 20000, "old words"), entry_of("2", "bob", 20000, "others")});
  const std::int64_t row = value_of(store->search(word("old"), 1))[0].row;
  const Entry edited = entry_of("1", "ada", 20000, "new words");
  EXPECT_EQ(put(*store, {edited}).differing, 1);
  EXPECT_EQ(value_of(store->count(word("old"))), 1);
  const PutOutcome outcome = put(*store, {edited, entry_of("3", "cyd", 20000, "third")}, true);
  EXPECT_EQ(outcome.updated, 1);
  EXPECT_EQ(outcome.added, 1);
  EXPECT_EQ(value_of(store->count(word("old"))), 0);
  const auto found = value_of(store->search(word("new"), 5));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].row, row) << "links to the document stay good";
  EXPECT_EQ(value_of(store->status("v1")).documents, 3);
}

// Many interfaces name the parent of a post in a list, and leave it out where it is asked for
// alone.
TEST(Put, AnEditKeepsWhatItDoesNotSayAnew) {
  Folder folder;
  auto store = open_writer(folder.file());
  Entry answer = entry_of("1", "ada", 20000, "old words");
  answer.document.parent = "0";
  answer.document.title = "A heading";
  answer.document.url = "https://forum.example/1";
  answer.document.place = "Bergen";
  answer.document.likes = 4;
  put(*store, {answer});
  Entry edited = entry_of("1", "ada", 20000, "new words");
  edited.document.shares = 2;
  edited.document.brand = "Hydra";  // of a text whose title is not known
  EXPECT_EQ(put(*store, {edited}, true).updated, 1);
  const auto found = value_of(store->search(word("new"), 5));
  ASSERT_EQ(found.size(), 1U);
  const Document& kept = found[0].document;
  EXPECT_EQ(kept.parent, "0");
  EXPECT_EQ(kept.title, "A heading");
  EXPECT_EQ(kept.brand, answer.document.brand);
  EXPECT_EQ(kept.url, "https://forum.example/1");
  EXPECT_EQ(value_of(store->count(word("heading"))), 1);
  EXPECT_EQ(put(*store, {edited}, true).known, 1) << "that the title is left out is no edit";
  EXPECT_EQ(kept.place, "Bergen");
  EXPECT_EQ(kept.likes, 4);
  EXPECT_EQ(kept.shares, 2);
  edited.document.text = "newest words";
  edited.document.title = "Another heading";
  edited.document.parent = "7";
  EXPECT_EQ(put(*store, {edited}, true).updated, 1);
  EXPECT_EQ(value_of(store->search(word("newest"), 5))[0].document.parent, "7");
  EXPECT_EQ(value_of(store->search(word("newest"), 5))[0].document.brand, "Hydra");
}

TEST(Put, TheFirstOfTwoEqualKeysCounts) {
  Folder folder;
  auto store = open_writer(folder.file());
  const PutOutcome outcome =
      put(*store, {entry_of("1", "ada", 20000, "first"), entry_of("1", "ada", 20000, "first"),
                   entry_of("1", "ada", 20000, "second")});
  EXPECT_EQ(outcome.added, 1);
  EXPECT_EQ(outcome.known, 1);
  EXPECT_EQ(outcome.differing, 1);
  EXPECT_EQ(value_of(store->count(word("first"))), 1);
}

TEST(Put, LateBrandsDatesAndLikesAreTakenOver) {
  Folder folder;
  auto store = open_writer(folder.file());
  Entry entry = entry_of("1", "ada", 20000, "text");
  entry.document.brand.clear();
  entry.document.published_at = kNoTime;
  put(*store, {entry});
  EXPECT_TRUE(value_of(store->cells({"", "", 0, 30000, Unit::day})).empty());
  entry = entry_of("1", "ada", 20000, "text");
  EXPECT_EQ(put(*store, {entry}).updated, 1);
  EXPECT_EQ(value_of(store->cells({"Acme", "", 0, 30000, Unit::day})).size(), 1U);
  entry.document.likes = 12;
  EXPECT_EQ(put(*store, {entry}, true).known, 1);
  EXPECT_EQ(value_of(store->after(0, 5))[0].document.likes, 12);
}

TEST(Put, BatchesThatBelongTogetherAreKeptTogether) {
  Folder folder;
  Batch first;
  first.entries = {entry_of("1", "ada", 20000, "one text")};
  first.more_follows = true;
  {
    auto store = open_writer(folder.file());
    EXPECT_EQ(value_of(store->put(first)).added, 1);
    EXPECT_TRUE(value_of(open_reader(folder.file())->after(0, 9)).empty());
  }
  auto store = open_writer(folder.file());  // the last one went before the rest came
  EXPECT_TRUE(value_of(store->after(0, 9)).empty());
  EXPECT_EQ(value_of(store->put(first)).added, 1);
  EXPECT_EQ(put(*store, {entry_of("2", "ada", 20000, "another text")}).added, 1);
  EXPECT_EQ(value_of(open_reader(folder.file())->after(0, 9)).size(), 2U);
}

TEST(Stale, ListsWhatAnotherAnalyzerSaw) {
  Folder folder;
  auto store = open_writer(folder.file());
  std::vector<Entry> entries;
  for (int i = 0; i < 9; ++i) {
    entries.push_back(entry_of(std::to_string(i), "ada", 20000 + i, "text"));
    if (i % 3 != 0)
      entries.back().analysis = analysis_of(Polarity::neutral, i % 3 == 1 ? "v1" : "v2");
  }
  put(*store, entries);
  const auto first = value_of(store->stale("v2", 0, 4));
  ASSERT_EQ(first.size(), 4U);
  const auto rest = value_of(store->stale("v2", first.back().row, 10));
  EXPECT_EQ(rest.size(), 2U);
  EXPECT_EQ(value_of(store->status("v2")).not_analysed, 6);
  std::vector<std::pair<std::int64_t, Analysis>> analyses = {
      {424242, analysis_of(Polarity::neutral)}};
  for (const StoredDocument& kept : value_of(store->stale("v2", 0, 100)))
    analyses.emplace_back(kept.row, analysis_of(Polarity::positive, "v2"));
  ASSERT_TRUE(holds(store->put_analyses(analyses)));
  EXPECT_TRUE(value_of(store->stale("v2", 0, 100)).empty());
  EXPECT_EQ(value_of(store->status("v2")).not_analysed, 0);
  EXPECT_EQ(value_of(store->count(field("sentiment", "positive"))), 6);
}

}  // namespace
}  // namespace plumbline
