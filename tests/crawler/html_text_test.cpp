#include "crawler/html_text.h"

#include <chrono>

#include <gtest/gtest.h>

#include "base/text.h"

namespace plumbline {
namespace {

TEST(HtmlText, KeepsWhatReadersSee) {
  struct Case {
    const char* html;
    const char* text;
  };
  for (const Case& item : {
           Case{"plain  text", "plain text"},
           Case{"a <b>bold</b> word", "a bold word"},
           Case{"<p>one</p><p>two</p>", "one\ntwo"},
           Case{"one<br>two<br/>three", "one\ntwo\nthree"},
           Case{"<ul><li>a<li>b</ul>c", "a\nb\nc"},
           Case{"<table><tr><td>1</td><td>2</td></tr></table>", "1\n2"},
           Case{"fish &amp; chips &lt;3 &eacute; &#8230; &#x1F4A7;", "fish & chips <3 é … 💧"},
           Case{"a&nbsp;&nbsp;b", "a b"},
           Case{"<script>x()</script>y<style>p{}</style><template>t</template>", "y"},
           Case{"see <a href=\"https://a.example\">here</a>", "see here"},
           Case{"look<img src=x alt=\"a red &amp; wet pump\">!", "look a red & wet pump !"},
           Case{"<html><head><title>T</title></head><body>B</body></html>", "B"},
           Case{"1 < 2 and 3 > 2", "1 < 2 and 3 > 2"},
           Case{"<!-- no --><p>yes", "yes"},
           Case{"AT&T and R&D", "AT&T and R&D"},
           Case{"", ""},
       }) {
    EXPECT_EQ(html_to_text(item.html), item.text) << item.html;
  }
}

TEST(HtmlText, ReadsTooDeepMarkupWithoutTree) {
  std::string deep;
  for (int i = 0; i < 600; ++i) deep += "<div>";
  deep += "a &amp; b<br>c <img alt='d &lt; e'><script>if (a<b) x()</script> f<!-- g --> h";
  EXPECT_EQ(html_to_text(deep), "a & b\nc d < e f h");
}

TEST(HtmlText, GivesValidTextForBrokenBytes) {
  for (std::string bytes : {std::string("\xC3<b>\xFF</b>\x80"), std::string("a\0b<i>", 6),
                            std::string("<\xFF>"), std::string("&#xD800;&#0;&#x110000;<p")}) {
    EXPECT_TRUE(is_utf8(html_to_text(bytes)));
  }
}

std::string repeated(const std::string& piece, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

// Each of these costs a tree builder quadratic time or a hundred million elements.
TEST(HtmlText, StaysFastOnHostileMarkup) {
  std::string formatting;
  for (int i = 0; i < 400; ++i) formatting += "<b id=" + std::to_string(i) + ">";
  std::string attributes = "<a";
  for (int i = 0; i < 200000; ++i) attributes += " a" + std::to_string(i);
  struct Case {
    const char* name;
    std::string html;
  };
  const std::size_t size = 1000000;
  for (const Case& item : {
           Case{"deep", repeated("<div>", size)},
           Case{"deep in raw text", repeated("<div><div><script></div></div></script>", size)},
           Case{"deep behind comments", repeated("<div><!--></div><!-- --><i>", size)},
           Case{"deep behind scopes", repeated("<div><object></div>", size)},
           Case{"multiplied formatting", "<p>" + formatting + "</p>" + repeated("<p>x</p>", size)},
           Case{"attributes", attributes + ">"},
           Case{"unclosed", repeated("<", size)},
           Case{"ampersands", repeated("&", size)},
           Case{"entities", repeated("&#", size)},
           Case{"comments", repeated("<!--", size)},
           Case{"ends", repeated("</p>", size)},
           Case{"tables", repeated("<table><tr><td>", size)},
           Case{"select", repeated("<select><option>", size)},
           Case{"raw ends", "<script>" + repeated("</scrip", size)},
           Case{"foreign", repeated("<svg><style><g></style>", size)},
           Case{"misnested", repeated("<b><i></b></i>", size)},
           Case{"anchors", repeated("<a href=x>", size)},
           Case{"huge", repeated("<p>words and words</p>", 8 * size)},
       }) {
    auto begin = std::chrono::steady_clock::now();
    std::string text = html_to_text(item.html);
    std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(took.count(), 10)
        << item.name;  // the slowest takes half a second; sanitizers ten times
    EXPECT_TRUE(is_utf8(text)) << item.name;
    std::printf("%s: %.3f s\n", item.name, took.count());
  }
}

TEST(HtmlText, TellsMarkupFromText) {
  for (const char* markup : {"<p>", "a</b>", "&amp;", "x &#233; y", "<a href=x"}) {
    EXPECT_TRUE(looks_like_html(markup)) << markup;
  }
  for (const char* text : {"", "1 < 2", "AT&T", "<3", "a & b;", "<!DOCTYPE"}) {
    EXPECT_FALSE(looks_like_html(text)) << text;
  }
}

}  // namespace
}  // namespace plumbline
