#include "nlp/fingerprint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/text.h"

namespace plumbline {
namespace {

const std::vector<std::string>& vocabulary() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> made;
    std::mt19937 random(1);
    for (int i = 0; i < 3000; ++i) {
      std::string word;
      for (std::size_t k = 0; k < 3 + random() % 7; ++k)
        word += static_cast<char>('a' + random() % 26);
      made.push_back(word);
    }
    return made;
  }();
  return words;
}

std::vector<std::string> random_words(std::mt19937& random, std::size_t count) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < count; ++i)
    words.push_back(vocabulary()[random() % vocabulary().size()]);
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

bool share_band(const Fingerprint& a, const Fingerprint& b) {
  for (const std::uint32_t band : a.bands)
    if (std::find(b.bands.begin(), b.bands.end(), band) != b.bands.end()) return true;
  return false;
}

TEST(Fingerprint, IgnoresWhatIsNotSaid) {
  const std::string plain = "My flight was cancelled and nobody told me why";
  const Fingerprint expected = fingerprint(plain);
  for (const char* same :
       {"my FLIGHT was cancelled, and nobody told me: why?!",
        "RT @bo_k: My flight was cancelled and nobody told me why http://t.co/x1",
        "@acme @bo My flight was cancelled and nobody told me why www.x.example 123",
        "My flight was cancelled and nobody told me why https://x.example/a?b=c&d 4,5"}) {
    const Fingerprint got = fingerprint(same);
    EXPECT_EQ(got.folded, expected.folded) << same;
    EXPECT_EQ(got.bands, expected.bands) << same;
    EXPECT_EQ(got.sketch, expected.sketch) << same;
  }
  EXPECT_NE(fingerprint(plain + " today").folded, expected.folded);
}

TEST(Fingerprint, ShortTextsHaveNoSketch) {
  EXPECT_EQ(fingerprint("").folded, 0u);
  EXPECT_EQ(fingerprint("@acme http://x.example 12").folded, 0u);
  const Fingerprint four = fingerprint("thanks for your help");
  EXPECT_NE(four.folded, 0u);
  EXPECT_TRUE(four.bands.empty());
  EXPECT_TRUE(four.sketch.empty());
  const Fingerprint five = fingerprint("thanks for all your help");
  EXPECT_EQ(five.bands.size(), 2u);
  EXPECT_EQ(five.sketch.size(), 64u);
  EXPECT_EQ(similarity(four.sketch, five.sketch), 0.0);
}

TEST(Fingerprint, OneWordEditsStayCopies) {
  std::mt19937 random(42);
  int found = 0;
  for (int i = 0; i < 300; ++i) {
    const auto words = random_words(random, 12 + random() % 20);
    auto edited = words;
    const std::size_t place = random() % words.size();
    const std::string other = vocabulary()[random() % vocabulary().size()];
    if (i % 3 == 0) edited[place] = other;
    if (i % 3 == 1) edited.erase(edited.begin() + static_cast<std::ptrdiff_t>(place));
    if (i % 3 == 2) edited.insert(edited.begin() + static_cast<std::ptrdiff_t>(place), other);
    const Fingerprint a = fingerprint(joined(words)), b = fingerprint(joined(edited));
    found += share_band(a, b) && similarity(a.sketch, b.sketch) >= kCopySimilarity ? 1 : 0;
  }
  EXPECT_GE(found, 297);
}

TEST(Fingerprint, OtherTextsAreNoCopies) {
  std::mt19937 random(43);
  double most = 0;
  for (int i = 0; i < 2000; ++i) {
    const Fingerprint a = fingerprint(joined(random_words(random, 15)));
    const Fingerprint b = fingerprint(joined(random_words(random, 15)));
    EXPECT_FALSE(share_band(a, b));
    most = std::max(most, similarity(a.sketch, b.sketch));
  }
  EXPECT_LT(most, 0.3);
}

TEST(Fingerprint, StockPhrasesAreNoCopies) {
  const Fingerprint a = fingerprint("@acme thank you for the help!!");
  for (const char* other : {"Thank you for the update!", "your customer service is terrible"})
    EXPECT_LT(similarity(a.sketch, fingerprint(other).sketch), kCopySimilarity) << other;
  EXPECT_LT(similarity(fingerprint("your customer service is horrible").sketch,
                       fingerprint("your customer service is terrible").sketch),
            kCopySimilarity);
}

TEST(Fingerprint, SimilarityEstimatesJaccard) {
  std::mt19937 random(44);
  for (const std::size_t common : {15u, 25u, 40u, 80u}) {
    double total = 0;
    constexpr int kRounds = 200;
    // Words only: the same set in another order keeps the words and loses the pairs.
    for (int i = 0; i < kRounds; ++i) {
      auto words = random_words(random, common);
      const Fingerprint a = fingerprint(joined(words));
      std::shuffle(words.begin(), words.end(), random);
      total += similarity(a.sketch, fingerprint(joined(words)).sketch);
    }
    const double n = static_cast<double>(common), pairs = n - 1;
    EXPECT_NEAR(total / kRounds, n / (n + 2 * pairs), 0.08) << common;
  }
}

TEST(Fingerprint, ReadsEveryScript) {
  const Fingerprint a = fingerprint("このポンプはとても静かで、とても気に入っています。");
  const Fingerprint b = fingerprint("このポンプはとても静かで とても気に入っています");
  EXPECT_EQ(a.folded, b.folded);
  EXPECT_FALSE(a.bands.empty());
  EXPECT_EQ(fingerprint("ＰＵＭＰ is ÉCOLE and more").folded,
            fingerprint("pump is école and more").folded);
}

TEST(Fingerprint, RandomBytesNeverCrash) {
  std::mt19937 random(9);
  for (int round = 0; round < 500; ++round) {
    std::string bytes;
    const std::size_t length = random() % 400;
    for (std::size_t i = 0; i < length; ++i) bytes += static_cast<char>(random());
    fingerprint(clean_utf8(bytes));
  }
  fingerprint(std::string(1 << 20, 'a'));
  std::string many;
  for (int i = 0; i < 100000; ++i) many += "word" + std::to_string(i) + "x ";
  EXPECT_EQ(fingerprint(many).bands.size(), 6u);
}

}  // namespace
}  // namespace plumbline
