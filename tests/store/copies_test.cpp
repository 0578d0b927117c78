#include <ctime>

#include "model/fingerprint.h"
#include "tests/store/fixture.h"

namespace plumbline {
namespace {

Fingerprint print_of(std::uint64_t folded, std::uint32_t band, char fill, int equal = 64) {
  Fingerprint print;
  print.folded = folded;
  print.bands = {band, band + 1000, band + 2000};
  print.sketch = std::string(static_cast<std::size_t>(equal), 's') +
                 std::string(static_cast<std::size_t>(64 - equal), fill);
  return print;
}

Entry with_print(std::string_view id, Fingerprint print, std::string_view author = "ada") {
  Entry entry = entry_of(id, author, 20000, "text " + std::string(id));
  entry.fingerprint = std::move(print);
  return entry;
}

std::int64_t copy_of(Store& store, std::string_view id) {
  for (const StoredDocument& document : value_of(store.after(0, 1000)))
    if (document.document.id == id) return document.copy_of;
  return -1;
}

std::int64_t row_of(Store& store, std::string_view id) {
  for (const StoredDocument& document : value_of(store.after(0, 1000)))
    if (document.document.id == id) return document.row;
  return -1;
}

TEST(SketchSimilarity, CorrectsForChance) {
  EXPECT_EQ(sketch_similarity("", ""), 0);
  EXPECT_EQ(sketch_similarity("abc", "ab"), 0);
  EXPECT_EQ(sketch_similarity("abcd", "abcd"), 1);
  EXPECT_EQ(sketch_similarity("abcd", "efgh"), 0);
  EXPECT_NEAR(sketch_similarity("abcd", "abgh"), (0.5 - 1.0 / 256) / (1 - 1.0 / 256), 1e-12);
}

TEST(Copies, InOneBatchPointToTheFirst) {
  Folder folder;
  auto store = open_writer(folder.file());
  const PutOutcome outcome = put(
      *store, {with_print("1", print_of(1, 10, 'x')), with_print("2", print_of(1, 500, 'y')),
               with_print("3", print_of(3, 10, 'z', 40)), with_print("4", print_of(4, 10, 'z', 36)),
               with_print("5", print_of(5, 77777, 's'))});
  EXPECT_EQ(outcome.copies, 2);
  EXPECT_EQ(copy_of(*store, "1"), 0);
  EXPECT_EQ(copy_of(*store, "2"), row_of(*store, "1")) << "same folded text";
  EXPECT_EQ(copy_of(*store, "3"), row_of(*store, "1")) << "a band in common and 0.62 alike";
  EXPECT_EQ(copy_of(*store, "4"), 0) << "a band in common, only 0.56 alike";
  EXPECT_EQ(copy_of(*store, "5"), 0) << "alike, but no band in common";
  EXPECT_EQ(value_of(store->status("v1")).distinct, 3);
}

TEST(Copies, AreFoundAfterReopening) {
  Folder folder;
  put(*open_writer(folder.file()), {with_print("1", print_of(1, 10, 'x'))});
  auto store = open_writer(folder.file());
  EXPECT_EQ(put(*store, {with_print("2", print_of(2, 10, 'x'))}).copies, 1);
  EXPECT_EQ(put(*store, {with_print("3", print_of(2, 900, 'q'))}).copies, 1)
      << "equal to a copy: points to the copy's first";
  EXPECT_EQ(copy_of(*store, "3"), row_of(*store, "1"));
}

TEST(Copies, OfShortTextsNeedTheSameAuthor) {
  Folder folder;
  auto store = open_writer(folder.file());
  Fingerprint brief;
  brief.folded = 9;
  EXPECT_EQ(put(*store, {with_print("1", brief, "ada"), with_print("2", brief, "bob"),
                         with_print("3", brief, ""), with_print("4", brief, "")})
                .copies,
            0);
  EXPECT_EQ(put(*store, {with_print("5", brief, "ada")}).copies, 1);
  EXPECT_EQ(copy_of(*store, "5"), row_of(*store, "1"));
  EXPECT_EQ(put(*store, {with_print("6", {}, "ada"), with_print("7", {}, "ada")}).copies, 0)
      << "without a fingerprint nothing is a copy";
}

TEST(Copies, GetANewFirstWhenItGoes) {
  Folder folder;
  auto store = open_writer(folder.file());
  put(*store, {with_print("1", print_of(1, 10, 'x')), with_print("2", print_of(1, 10, 'x'), "bob"),
               with_print("3", print_of(1, 10, 'x'), "cyd")});
  Batch batch;
  batch.deleted = {{"forum", "1"}};
  EXPECT_EQ(value_of(store->put(batch)).deleted, 1);
  EXPECT_EQ(copy_of(*store, "2"), 0);
  EXPECT_EQ(copy_of(*store, "3"), row_of(*store, "2"));
  EXPECT_EQ(value_of(store->status("v1")).distinct, 1);
  EXPECT_EQ(put(*store, {with_print("4", print_of(1, 10, 'x'), "dan")}).copies, 1);
  EXPECT_EQ(copy_of(*store, "4"), row_of(*store, "2"));
}

// Bands are the least of many hashes: those of long texts all lie near 0.
TEST(Copies, OfLongTextsAreFoundAsQuicklyAsOfShortOnes) {
  const auto seconds_for = [](std::uint32_t spread) {
    Folder folder;
    auto store = open_writer(folder.file());
    double seconds = 0;
    for (std::uint32_t batch = 0; batch < 8; ++batch) {
      std::vector<Entry> entries;
      for (std::uint32_t i = 0; i < 500; ++i) {
        const std::uint32_t number = batch * 500 + i;
        Fingerprint print = print_of(number + 1, 0, 'x', 0);
        print.bands = {number * spread, number * spread + 1, number * spread + 2};
        entries.push_back(with_print(std::to_string(number), print));
      }
      const std::clock_t begun = std::clock();
      put(*store, entries);
      seconds += static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    }
    return seconds;
  };
  EXPECT_LT(seconds_for(5), 3 * seconds_for(1u << 20));
}

}  // namespace
}  // namespace plumbline
