#include "query/parse.h"

#include <gtest/gtest.h>

#include <random>

namespace plumbline {
namespace {

using Kind = SearchNode::Kind;

// A tree in one line: (AND a b), (OR …), (NOT a b), "phrase", word*, field:value.
std::string shape(const SearchNode& node) {
  const auto children = [&](std::string_view name) {
    std::string out = "(" + std::string(name);
    for (const SearchNode& child : node.children) out += " " + shape(child);
    return out + ")";
  };
  switch (node.kind) {
    case Kind::all: return "ALL";
    case Kind::word: return node.text + (node.prefix ? "~" : "");
    case Kind::phrase: return "\"" + node.text + "\"";
    case Kind::field: return node.field + node.compare + node.text + (node.prefix ? "~" : "");
    case Kind::both: return children("AND");
    case Kind::either: return children("OR");
    case Kind::except: return children("NOT");
  }
  return "?";
}

struct Good {
  std::string_view query, tree;
};

TEST(ParseSearch, ReadsTheLanguage) {
  const Good cases[] = {
      {"", "ALL"},
      {"  ", "ALL"},
      {"*", "ALL"},
      {"pump", "pump"},
      {"pump*", "pump~"},
      {"pump leak", "(AND pump leak)"},
      {"pump AND leak", "(AND pump leak)"},
      {"pump OR leak", "(OR pump leak)"},
      {"a b OR c d", "(OR (AND a b) (AND c d))"},
      {"a AND b OR c AND NOT d", "(OR (AND a b) (NOT c d))"},
      {"a (b OR c)", "(AND a (OR b c))"},
      {"((a))", "a"},
      {"a -b", "(NOT a b)"},
      {"a NOT b -c", "(NOT a (OR b c))"},
      {"-b a", "(NOT a b)"},
      {"a NOT NOT b", "(AND a b)"},
      {"a -(b c)", "(NOT a (AND b c))"},
      {"* -spam", "(NOT ALL spam)"},
      {"and or not", "(AND and or not)"},
      {"\"too dear\"", "\"too dear\""},
      {"“too dear”", "\"too dear\""},
      {"\"say \\\"no\\\"\"", "\"say \"no\"\""},
      {"source:forum", "source=forum"},
      {"Source:forum", "source=forum"},
      {"topic:\"late delivery\" pump", "(AND topic=late delivery pump)"},
      {"rating:>=4", "rating>=4"},
      {"rating:<2.5", "rating<2.5"},
      {"rating:3", "rating=3"},
      {"after:2026-01-01 before:2026-02", "(AND after=2026-01-01 before=2026-02)"},
      {"sentiment:Negative", "sentiment=negative"},
      {"kind:pain", "kind=pain"},
      {"title:pum*", "title=pum~"},
      {"author:@ada", "author=@ada"},
      {"e-mail", "e-mail"},
      {"12:30", "12:30"},
      {"https://a.example/b", "https://a.example/b"},
      {"ANDROID ORDER NOTE", "(AND ANDROID ORDER NOTE)"},
      {"数据 OR サーバー", "(OR 数据 サーバー)"},
      {"a - b", "(AND a - b)"},
  };
  for (const Good& c : cases) {
    const auto tree = parse_search(c.query);
    ASSERT_TRUE(tree) << c.query << ": " << describe(tree.error());
    EXPECT_EQ(shape(*tree), c.tree) << c.query;
  }
}

struct Bad {
  std::string_view query, column, says;
};

TEST(ParseSearch, NamesTheColumnOfAnError) {
  const Bad cases[] = {
      {"a \"b", "column 3", "never closed"},
      {"a (b", "column 3", "never closed"},
      {"a ) b", "column 3", "without its ("},
      {"()", "column 1", "nothing between"},
      {"\"\"", "column 1", "nothing between"},
      {"-a", "column 1", "leave out"},
      {"NOT a", "column 1", "leave out"},
      {"a OR -b", "column 6", "leave out"},
      {"a AND", "column 6", "missing"},
      {"OR a", "column 1", "missing"},
      {"a OR OR b", "column 6", "missing"},
      {"a NOT", "column 6", "missing"},
      {"autor:ada", "column 1", "did you mean author?"},
      {"pump langg:de", "column 6", "did you mean lang?"},
      {"é autor:ada", "column 3", "author"},
      {"author: ada", "column 1", "needs a value"},
      {"rating:good", "column 1", "needs a number"},
      {"rating:>=", "column 1", "needs a value"},
      {"after:yesterday", "column 1", "needs a day"},
      {"after:2026-02-30", "column 1", "needs a day"},
      {"sentiment:postive", "column 1", "did you mean positive?"},
      {"kind:pian", "column 1", "did you mean pain?"},
  };
  for (const Bad& c : cases) {
    const auto tree = parse_search(c.query);
    ASSERT_FALSE(tree) << c.query << " gave " << shape(*tree);
    EXPECT_EQ(tree.error().code, ErrorCode::invalid) << c.query;
    EXPECT_NE(tree.error().message.find(c.column), std::string::npos)
        << c.query << ": " << tree.error().message;
    EXPECT_NE(tree.error().message.find(c.says), std::string::npos)
        << c.query << ": " << tree.error().message;
  }
}

TEST(ParseSearch, RefusesBottomlessBrackets) {
  const std::string deep = std::string(5000, '(') + "a" + std::string(5000, ')');
  EXPECT_FALSE(parse_search(deep));
  const std::string fine = std::string(60, '(') + "a" + std::string(60, ')');
  EXPECT_TRUE(parse_search(fine));
  EXPECT_FALSE(parse_search(std::string(50000, 'a')));
  EXPECT_FALSE(parse_search("a \xff"));
}

class RandomTree {
 public:
  explicit RandomTree(std::uint32_t seed) : random_(seed) {}

  // Only shapes that the parser makes: no joint of one, no joint directly in its like.
  SearchNode any(int depth, Kind above = Kind::word) {
    const int pick = depth <= 0 ? below(4) : below(7);
    SearchNode node;
    if (pick < 2) {
      node.kind = Kind::word;
      node.text = text(false);
      node.prefix = below(4) == 0;
    } else if (pick == 2) {
      node.kind = Kind::phrase;
      node.text = text(true);
    } else if (pick == 3) {
      node.kind = Kind::field;
      static const char* const kNames[] = {"source", "author", "place", "topic", "title"};
      node.field = kNames[below(5)];
      node.text = text(true);
    } else {
      const Kind kinds[] = {Kind::both, Kind::either, Kind::except};
      node.kind = kinds[pick - 4];
      if (node.kind == above) return any(0);
      const int count = node.kind == Kind::except ? 2 : 2 + below(3);
      for (int i = 0; i < count; ++i) node.children.push_back(any(depth - 1, node.kind));
    }
    return node;
  }

 private:
  int below(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most)); }
  std::string text(bool anything) {
    static const char* const kPlain[] = {"pump", "e-mail", "mémoire", "数据", "2026", "not", "a*b"};
    static const char* const kOdd[] = {"too dear", "say \"no\"", "back\\slash", "(x)", "-y", "AND",
                                       "a:b",      "x*",         "<3",          "“q”", "*"};
    if (anything && below(2) == 0) return kOdd[below(11)];
    return kPlain[below(7)];
  }
  std::mt19937 random_;
};

TEST(PrintSearch, ParsesBackToTheSameTree) {
  for (std::uint32_t seed = 0; seed < 3000; ++seed) {
    const SearchNode tree = RandomTree(seed).any(4);
    const std::string query = print_search(tree);
    const auto again = parse_search(query);
    ASSERT_TRUE(again) << query << ": " << describe(again.error());
    EXPECT_EQ(shape(*again), shape(tree)) << query;
  }
}

TEST(ParseSearch, SurvivesAnyBytes) {
  std::mt19937 random(7);
  const std::string_view alphabet = "ab \"()-*:\\<>=ANDORT\xc3\xa9\xe2\x80\x9c";
  for (int round = 0; round < 20000; ++round) {
    std::string query;
    for (auto n = random() % 24; n > 0; --n) query += alphabet[random() % alphabet.size()];
    const auto tree = parse_search(query);
    if (!tree) continue;
    const auto again = parse_search(print_search(*tree));
    ASSERT_TRUE(again) << query << " printed " << print_search(*tree);
    EXPECT_EQ(shape(*again), shape(*tree)) << query << " printed " << print_search(*tree);
  }
}

}  // namespace
}  // namespace plumbline
