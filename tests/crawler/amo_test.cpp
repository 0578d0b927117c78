#include <gtest/gtest.h>

#include "crawler/source.h"
#include "crawler/url.h"
#include "tests/crawler/tape.h"

namespace plumbline {
namespace {

const Source& amo() { return *find_source("amo"); }

SourceQuery addon() {
  SourceQuery query;
  query.words = "acme-notes";
  return query;
}

TEST(Amo, ReadsRatingsAndAnswers) {
  const Result<Page> page = amo().parse(tape("amo", "page.json"), addon(), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->documents.size(), 3u);
  const Document& rating = page->documents[0];
  EXPECT_EQ(rating.id, "2100045");
  EXPECT_EQ(rating.url, "https://addons.mozilla.org/addon/acme-notes/reviews/2100045/");
  EXPECT_EQ(rating.author.name, "Marta Hale");
  EXPECT_EQ(rating.author.id, "501");
  EXPECT_EQ(rating.rating, 5.0);
  EXPECT_EQ(rating.text, "Syncs at last.");
  EXPECT_EQ(page->documents[2].parent, "2100040");
  EXPECT_FALSE(page->documents[2].rating);
}

TEST(Amo, PagesToTheEnd) {
  EXPECT_EQ(query_parameter(amo().plan(addon(), "")->url, "addon"), "acme-notes");
  const Result<Page> page = amo().parse(tape("amo", "page.json"), addon(), {});
  EXPECT_EQ(query_parameter(amo().plan(addon(), page->next)->url, "page"), "2");
  ReplyContext context;
  context.cursor = page->next;
  const Result<Page> last = amo().parse(tape("amo", "last.json"), addon(), context);
  ASSERT_TRUE(last);
  EXPECT_EQ(last->next, "");
  EXPECT_EQ(last->resume, "since=1795262400");
  EXPECT_EQ(last->deleted, std::vector<std::string>{"2090002"});
}

}  // namespace
}  // namespace plumbline
