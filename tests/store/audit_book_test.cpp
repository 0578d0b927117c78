// The labelling queue: what is drawn, kept, labelled, and gone when its mention goes.
#include "store/audit_book.h"

#include <algorithm>
#include <set>

#include "fixture.h"

namespace plumbline {
namespace {

Entry judged(int number, const std::string& brand, Polarity label) {
  Entry entry;
  entry.document.source = "csv";
  entry.document.id = std::to_string(number);
  entry.document.text = "the invented pump number " + std::to_string(number);
  entry.document.author = {"a" + std::to_string(number), "a" + std::to_string(number), ""};
  entry.document.brand = brand;
  entry.document.published_at = 1790000000 + number;
  Analysis analysis;
  analysis.version = "v1";
  analysis.lang = "en";
  analysis.tier = "fast";
  analysis.model = "own-00000001";
  analysis.sentiment.label = label;
  entry.analysis = analysis;
  return entry;
}

// `count` mentions of Acme, every third negative by the machine, and ten of Bolt.
void fill(const std::string& path, int count) {
  auto store = open_writer(path);
  Batch batch;
  for (int i = 0; i < count; ++i)
    batch.entries.push_back(judged(i, "Acme", i % 3 == 0 ? Polarity::negative : Polarity::neutral));
  for (int i = 0; i < 10; ++i)
    batch.entries.push_back(judged(1000 + i, "Bolt", Polarity::positive));
  value_of(store->put(batch));
}

std::vector<std::string> ids(const std::vector<StoredDocument>& documents) {
  std::vector<std::string> out;
  for (const StoredDocument& stored : documents) out.push_back(audit_id(stored.document));
  return out;
}

std::vector<AuditedText> texts_of(const AuditBook& book) {
  std::vector<AuditedText> out;
  for (const AuditBook::Sampled& one : value_of(book.sample()).texts) out.push_back(one.text);
  return out;
}

TEST(AuditBook, GivesTheSameQueueUntilLabelsCome) {
  const Folder folder;
  fill(folder.file(), 50);
  std::vector<std::string> first;
  {
    AuditBook book = *AuditBook::open(folder.file(), true);
    first = ids(value_of(book.next(8, "", 7)));
  }
  AuditBook book = *AuditBook::open(folder.file(), true);
  EXPECT_EQ(ids(value_of(book.next(8, "", 99))), first);  // another seed draws only what is new
  const auto more = ids(value_of(book.next(12, "", 7)));
  ASSERT_EQ(more.size(), 12u);
  EXPECT_EQ(std::vector<std::string>(more.begin(), more.begin() + 8), first);
  value_of(book.put({{{first[0], Polarity::neutral}, {first[1], Polarity::positive}}}, 1));
  const auto rest = ids(value_of(book.next(60, "", 7)));
  EXPECT_EQ(rest.size(), 58u);  // all but the two labelled ones
  EXPECT_EQ(std::set<std::string>(rest.begin(), rest.end()).size(), 58u);
  EXPECT_EQ(std::count(rest.begin(), rest.end(), first[0]), 0);
  EXPECT_EQ(rest[0], first[2]);
}

TEST(AuditBook, DrawsByChanceAndByBrand) {
  const Folder folder, other;
  fill(folder.file(), 50);
  fill(other.file(), 50);
  AuditBook one = *AuditBook::open(folder.file(), true);
  AuditBook two = *AuditBook::open(other.file(), true);
  const auto by_seven = ids(value_of(one.next(10, "", 7)));
  EXPECT_NE(by_seven, ids(value_of(two.next(10, "", 8))));
  for (const StoredDocument& stored : value_of(one.next(5, "Bolt", 7)))
    EXPECT_EQ(stored.document.brand, "Bolt");
  EXPECT_TRUE(value_of(one.next(5, "Nobody", 7)).empty());
}

TEST(AuditBook, LeavesOutWhatIsNotJudgedAndCopies) {
  const Folder folder;
  {
    auto store = open_writer(folder.file());
    Batch batch;
    batch.entries = {judged(1, "Acme", Polarity::neutral), judged(2, "Acme", Polarity::neutral),
                     judged(3, "Acme", Polarity::neutral), judged(4, "Acme", Polarity::neutral)};
    batch.entries[1].analysis->scored = false;
    batch.entries[2].analysis.reset();
    batch.entries[3].document.from_session = true;
    Entry copy = batch.entries[0];
    copy.document.id = "5";
    copy.document.author = batch.entries[0].document.author;
    for (Entry* entry : {&batch.entries[0], &copy}) entry->fingerprint.folded = 77;
    batch.entries.push_back(copy);
    value_of(store->put(batch));
  }
  AuditBook book = *AuditBook::open(folder.file(), true);
  EXPECT_EQ(ids(value_of(book.next(10, "", 7))), std::vector<std::string>{"csv:1"});
  // A label for the copy is one for the text it copies.
  EXPECT_EQ(value_of(book.put({{{"csv:5", Polarity::negative}}}, 1)),
            std::vector<Labelled>{Labelled::kept});
  const auto sample = texts_of(book);
  ASSERT_EQ(sample.size(), 1u);
  EXPECT_EQ(sample[0].mentions, 2);
  EXPECT_EQ(sample[0].counted[1], 2);
  EXPECT_EQ(sample[0].label, Polarity::negative);
  const auto frames = value_of(book.frames());
  ASSERT_EQ(frames.size(), 1u);
  EXPECT_EQ(frames[0].texts, 1);
  EXPECT_EQ(frames[0].mentions, 2);
}

TEST(AuditBook, TheNewerLabelCountsAndSaysSo) {
  const Folder folder;
  fill(folder.file(), 5);
  AuditBook book = *AuditBook::open(folder.file(), true);
  using Outcome = std::vector<Labelled>;
  EXPECT_EQ(value_of(book.put({{{"csv:1", Polarity::neutral},
                                {"csv:1", Polarity::positive},
                                {"csv:1", Polarity::positive},
                                {"csv:77", Polarity::neutral},
                                {"nowhere", Polarity::neutral}}},
                              5)),
            (Outcome{Labelled::kept, Labelled::changed, Labelled::again, Labelled::unknown,
                     Labelled::unknown}));
  const auto labelled = value_of(book.labelled(10));
  ASSERT_EQ(labelled.size(), 1u);
  EXPECT_EQ(labelled[0].label, Polarity::positive);
}

TEST(AuditBook, ATextNotDrawnIsNoPartOfTheSampleUntilItsTurn) {
  const Folder folder;
  fill(folder.file(), 5);
  AuditBook book = *AuditBook::open(folder.file(), true);
  value_of(book.put({{{"csv:1", Polarity::neutral}}}, 1));
  EXPECT_TRUE(texts_of(book).empty());
  EXPECT_EQ(value_of(book.next(100, "", 7)).size(), 14u);
  EXPECT_EQ(texts_of(book).size(), 1u);
}

TEST(AuditBook, TellsWhatEachTierSaidUnseen) {
  const Folder folder;
  fill(folder.file(), 5);
  std::int64_t row = 0;
  {
    AuditBook book = *AuditBook::open(folder.file(), true);
    const auto drawn = value_of(book.next(1, "Bolt", 7));
    ASSERT_EQ(drawn.size(), 1u);
    row = drawn[0].row;
    const std::string id = audit_id(drawn[0].document);
    value_of(book.put({{{id, Polarity::positive}}}, 1));
    const auto only = [&] { return value_of(book.sample()).texts.at(0); };
    EXPECT_FALSE(only().learned);
    ASSERT_TRUE(
        holds(book.put_unseen("own-00000001", {{{row, Polarity::negative, Polarity::neutral}}})));
    EXPECT_EQ(value_of(book.sample()).own_model, "own-00000001");
    EXPECT_TRUE(only().learned);
    EXPECT_EQ(only().unseen, Polarity::negative);
    EXPECT_EQ(only().text.machine, Polarity::positive) << "what is stored stands beside it";
    value_of(book.put({{{id, Polarity::neutral}}}, 2));
    EXPECT_EQ(only().unseen, Polarity::negative) << "it had seen neither label";
  }
  Analysis closer = *judged(1, "Bolt", Polarity::positive).analysis;
  closer.tier = "full";
  ASSERT_TRUE(holds(open_writer(folder.file())->put_analyses({{{row, closer}}})));
  AuditBook book = *AuditBook::open(folder.file(), true);
  EXPECT_EQ(value_of(book.sample()).texts.at(0).unseen, Polarity::neutral);
  ASSERT_TRUE(holds(book.put_unseen("own-00000002", {{{row, Polarity::negative, {}}}})));
  EXPECT_FALSE(value_of(book.sample()).texts.at(0).unseen) << "of this tier nothing is known";
  EXPECT_TRUE(value_of(book.sample()).texts.at(0).learned);
}

TEST(AuditBook, ForgettingAnAuthorTakesTheLabels) {
  const Folder folder;
  fill(folder.file(), 5);
  {
    AuditBook book = *AuditBook::open(folder.file(), true);
    value_of(book.put({{{"csv:1", Polarity::neutral}, {"csv:2", Polarity::neutral}}}, 1));
  }
  EXPECT_EQ(value_of(open_writer(folder.file())->forget("csv", "a1")), 1);
  const AuditBook book = *AuditBook::open(folder.file(), false);
  const auto labelled = value_of(book.labelled(10));
  ASSERT_EQ(labelled.size(), 1u);
  EXPECT_EQ(audit_id(labelled[0].document.document), "csv:2");
}

TEST(AuditBook, OneWriterAtATimeAndNoStoreIsAnError) {
  const Folder folder;
  const auto missing = AuditBook::open(folder.file(), true);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  fill(folder.file(), 5);
  const auto store = open_writer(folder.file());
  const auto second = AuditBook::open(folder.file(), true);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace plumbline
