#include <set>

#include "tests/store/fixture.h"

namespace plumbline {
namespace {

using Kind = SearchNode::Kind;

std::string ids(const Store& store, const SearchNode& query, int limit = 100) {
  const auto found = store.search(query, limit);
  if (!found) return "error: " + found.error().message;
  std::string out;
  for (const StoredDocument& document : *found) out += document.document.id + " ";
  if (!out.empty()) out.pop_back();
  const auto count = store.count(query);
  if (limit != 100) return out;
  EXPECT_EQ(count.value_or(-1), static_cast<std::int64_t>(found->size())) << out;
  return out;
}

SearchNode phrase(std::string_view text) {
  SearchNode node = word(text);
  node.kind = Kind::phrase;
  return node;
}

std::unique_ptr<Store> filled_for_search(const Folder& folder) {
  auto store = open_writer(folder.file());
  std::vector<Entry> entries = {
      entry_of("1", "ada", 20000, "The pump leaks and the support is slow"),
      entry_of("2", "bob", 20001, "A quiet pump, worth the money"),
      entry_of("3", "", 20002, "Delivery was late; the pump is fine"),
      entry_of("4", "Zoë", 20003, "Une mémoire trop chère \"quoted\" AND OR NOT"),
      entry_of("5", "cyd", 20003, "Nothing about it 😀 100%")};
  entries[0].document.title = "Leaking";
  entries[0].document.place = "Tromsø";
  entries[0].document.rating = 2;
  entries[1].document.rating = 4.5;
  entries[1].document.source = "blog";
  entries[2].document.parent = "1";
  entries[2].document.brand = "Bolt";
  entries[4].document.published_at += 60;
  entries[0].analysis = analysis_of(Polarity::negative);
  entries[0].analysis->statements = {{StatementKind::pain, "Support", {0, 14}}};
  entries[1].analysis = analysis_of(Polarity::positive);
  entries[2].analysis = analysis_of(Polarity::neutral);
  entries[3].analysis = analysis_of(Polarity::neutral);
  entries[3].analysis->scored = false;
  entries[3].analysis->lang = "fr";
  put(*store, entries);
  return store;
}

TEST(Search, AnswersEachField) {
  Folder folder;
  auto store = filled_for_search(folder);
  struct Case {
    SearchNode query;
    std::string_view want;
  };
  const Case cases[] = {
      {SearchNode{}, "5 4 3 2 1"},
      {word("pump"), "3 2 1"},
      {word("PUMP"), "3 2 1"},
      {phrase("quiet pump"), "2"},
      {phrase("pump quiet"), ""},
      {word("memoire"), "4"},
      {word("mémoire"), "4"},
      {word("chere"), "4"},
      {word("😀"), "5"},
      {word("%"), "5"},
      {word("leaking"), "1"},
      {joined(Kind::both, {word("pump"), word("slow")}), "1"},
      {joined(Kind::either, {word("slow"), word("quiet")}), "2 1"},
      {joined(Kind::except, {word("pump"), word("late")}), "2 1"},
      {joined(Kind::except, {SearchNode{}, word("pump")}), "5 4"},
      {joined(Kind::either, {word("slow"), field("source", "blog")}), "2 1"},
      {joined(Kind::except, {word("pump"), field("brand", "bolt")}), "2 1"},
      {joined(Kind::both, {word("pump"), field("sentiment", "negative")}), "1"},
      {field("source", "Blog"), "2"},
      {field("author", "ad"), "1"},
      {field("author", "@zoe"), "4"},
      {field("lang", "fr"), "4"},
      {field("brand", "ACME"), "5 4 2 1"},
      {field("sentiment", "neutral"), "3"},
      {field("sentiment", "positive"), "2"},
      {field("kind", "pain"), "1"},
      {field("rating", "2"), "1"},
      {field("rating", "2", ">"), "2"},
      {field("rating", "2", ">="), "2 1"},
      {field("rating", "4.5", "<"), "1"},
      {field("after", format_day(20002)), "5 4 3"},
      {field("before", format_day(20002)), "2 1"},
      {field("parent", "1"), "3"},
      {field("title", "leaking"), "1"},
      {field("title", "pump"), ""},
      {field("place", "tromsø"), "1"},
      {field("topic", "nothing"), ""},
      {field("topic", "support"), "1"},
      {field("topic", "port"), ""},
      {field("source", "nowhere"), ""},
  };
  for (const Case& c : cases)
    EXPECT_EQ(ids(*store, c.query), c.want) << c.query.field << ":" << c.query.text;
  SearchNode prefix = word("lea");
  prefix.prefix = true;
  EXPECT_EQ(ids(*store, prefix), "1");
  EXPECT_EQ(ids(*store, word("pump"), 2), "3 2");
  EXPECT_EQ(ids(*store, SearchNode{}, 0), "");
}

TEST(Search, TakesNoSyntaxFromTheUser) {
  Folder folder;
  auto store = filled_for_search(folder);
  for (std::string_view text :
       {"\"", "pump\" OR \"quiet", "title:pump", "NEAR(a b)", "pump*", "^pump", "{title}:pump", "(",
        "a AND", "-pump", "+", "';DROP TABLE mention;--", "\xff\xfe pump", "pump\" NOT \"x"}) {
    EXPECT_TRUE(store->search(word(text), 10)) << text;
    EXPECT_TRUE(store->count(phrase(text))) << text;
    EXPECT_TRUE(store->count(field("title", text))) << text;
    EXPECT_TRUE(store->count(field("author", text))) << text;
  }
  EXPECT_EQ(ids(*store, word("quoted\" OR \"pump")), "") << "a phrase that stands nowhere";
  EXPECT_EQ(ids(*store, phrase("AND OR NOT")), "4");
}

TEST(Search, RefusesWhatMakesNoSense) {
  Folder folder;
  auto store = filled_for_search(folder);
  EXPECT_FALSE(store->search(field("colour", "red"), 10));
  EXPECT_FALSE(store->search(field("rating", "good"), 10));
  EXPECT_FALSE(store->search(field("rating", "1", "; DROP"), 10));
  EXPECT_FALSE(store->search(field("after", "never"), 10));
  EXPECT_FALSE(store->search(field("kind", "joy"), 10));
  EXPECT_FALSE(store->search(joined(Kind::both, {}), 10));
  SearchNode deep = word("pump");
  for (int i = 0; i < 400; ++i) deep = joined(Kind::either, {deep, word("x")});
  EXPECT_FALSE(store->search(deep, 10));
  SearchNode fine = word("pump");
  for (int i = 0; i < 90; ++i)
    fine = joined(i % 2 == 0 ? Kind::either : Kind::both, {fine, word("the")});
  EXPECT_TRUE(store->search(fine, 10));
}

TEST(Search, FindsWordsOfScriptsWithoutBlanks) {
  Folder folder;
  auto store = open_writer(folder.file());
  put(*store, {entry_of("zh", "a", 20000, "我们用机器学习处理大量数据。"),
               entry_of("ja", "b", 20001, "このサーバーはデータを失いました。"),
               entry_of("th", "c", 20002, "เครื่องสูบน้ำนี้มีราคาแพงมาก"),
               entry_of("ru", "d", 20003, "Насос ёмкий и тихий"),
               entry_of("wide", "e", 20004, "Ｔｈｅ ＰＵＭＰ")});
  for (const auto& [text, want] : {std::pair("数据", "zh"),
                                   {"机器学习", "zh"},
                                   {"サーバー", "ja"},
                                   {"データ", "ja"},
                                   {"ราคา", "th"},
                                   {"แพง", "th"},
                                   {"насос", "ru"},
                                   {"емкий", "ru"},
                                   {"pump", "wide"}})
    EXPECT_EQ(ids(*store, word(text)), want) << text;
}

TEST(Search, NewestComeFirstWithinADay) {
  Folder folder;
  auto store = open_writer(folder.file());
  std::vector<Entry> entries;
  for (int i = 0; i < 200; ++i) {
    entries.push_back(entry_of(std::to_string(i), "ada", 20000 + i % 3, "same words"));
    entries.back().document.published_at += (i * 7919) % 40000;
  }
  put(*store, entries);
  for (const SearchNode& query : {word("same"), SearchNode{}, field("author", "ada")}) {
    const auto found = value_of(store->search(query, 90));
    ASSERT_EQ(found.size(), 90U);
    for (std::size_t i = 1; i < found.size(); ++i)
      EXPECT_GE(found[i - 1].document.published_at, found[i].document.published_at);
    EXPECT_GE(found.back().document.published_at, noon(20001));
  }
  const auto of_author = value_of(store->documents_of("forum", "ada", 90));
  ASSERT_EQ(of_author.size(), 90U);
  for (std::size_t i = 1; i < of_author.size(); ++i)
    EXPECT_GE(of_author[i - 1].document.published_at, of_author[i].document.published_at);
}

TEST(Accounts, FindExactOnesFirst) {
  Folder folder;
  auto store = open_writer(folder.file());
  std::vector<Entry> entries = {entry_of("1", "adamant", 20000, "x"),
                                entry_of("2", "adamant", 20001, "y"),
                                entry_of("3", "ada", 20002, "z"), entry_of("4", "zed", 20003, "w")};
  entries[3].document.author.name = "Ádám Example";
  put(*store, entries);
  const auto found = value_of(store->accounts("ADA", 10));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].author.handle, "ada");
  EXPECT_EQ(found[1].author.handle, "adamant");
  EXPECT_EQ(found[1].documents, 2);
  EXPECT_EQ(found[1].newest, noon(20001));
  EXPECT_EQ(found[2].author.handle, "zed") << "by name, accents folded";
  EXPECT_TRUE(value_of(store->accounts("", 10)).empty());
  EXPECT_TRUE(value_of(store->accounts("%", 10)).empty());
  const auto busiest = value_of(store->busiest_accounts(1));
  ASSERT_EQ(busiest.size(), 1U);
  EXPECT_EQ(busiest[0].author.handle, "adamant");
  EXPECT_EQ(value_of(store->documents_of("forum", "@ADA", 10)).size(), 1U);
  EXPECT_EQ(value_of(store->documents_of("forum", "id-ada", 10)).size(), 1U);
  EXPECT_TRUE(value_of(store->documents_of("blog", "ada", 10)).empty());
}

TEST(Accounts, AreRenamedAndNumberedWhateverTheOrder) {
  Folder folder;
  auto store = open_writer(folder.file());
  const auto named = [](std::string_view id, std::string_view native, std::string_view handle) {
    Entry entry = entry_of(id, "x", 20000, "text number " + std::string(id));
    entry.document.author = {std::string(native), std::string(handle), ""};
    return entry;
  };
  const auto handle_of = [&](std::string_view native) {
    const auto rows = value_of(store->accounts_of("forum", native));
    return rows.size() == 1 ? rows[0].author.handle : std::to_string(rows.size());
  };
  put(*store, {named("1", "n9", "zoe"), named("2", "n1", "ada"), named("3", "n9", "zoe")});
  put(*store, {named("4", "n5", "mia"), named("5", "n1", "ada2"), named("6", "n9", "zoe")});
  EXPECT_EQ(handle_of("n1"), "ada2");
  EXPECT_EQ(handle_of("n9"), "zoe");
  put(*store, {named("7", "n1", "ada"), named("8", "n5", "mia")});
  EXPECT_EQ(handle_of("n1"), "ada");
  const auto busiest = value_of(store->busiest_accounts(5));
  ASSERT_EQ(busiest.size(), 3U);
  EXPECT_EQ(busiest[0].author.handle, "zoe");  // of two with three mentions, the one met first
  EXPECT_EQ(busiest[2].documents, 2);
  // An account that is gone and comes back is a new one.
  EXPECT_EQ(value_of(store->forget("forum", "mia")), 2);
  put(*store, {named("9", "n5", "mia")});
  EXPECT_EQ(value_of(store->documents_of("forum", "mia", 5)).size(), 1U);
}

TEST(Accounts, AreFoundByANameLikeTheHandleOrUnlike) {
  Folder folder;
  auto store = open_writer(folder.file());
  Entry same = entry_of("1", "ada", 20000, "one text");
  same.document.author.name = "ada";
  Entry other = entry_of("2", "b77", 20000, "another text");
  other.document.author.name = "Ada";
  put(*store, {same, other});
  EXPECT_EQ(value_of(store->accounts_named("ada", 5)).size(), 2U);
  EXPECT_EQ(value_of(store->accounts_named("b77", 5)).size(), 1U);
}

}  // namespace
}  // namespace plumbline
