#include "crawler/url.h"

#include <gtest/gtest.h>

#include "crawler/cursor.h"

namespace plumbline {
namespace {

// RFC 3986, 5.4.
TEST(Url, ResolvesAsStandardSays) {
  struct Case {
    const char* reference;
    const char* target;
  };
  for (const Case& item : {Case{"g:h", "g:h"},
                           Case{"g", "http://a/b/c/g"},
                           Case{"./g", "http://a/b/c/g"},
                           Case{"g/", "http://a/b/c/g/"},
                           Case{"/g", "http://a/g"},
                           Case{"//g", "http://g"},
                           Case{"?y", "http://a/b/c/d;p?y"},
                           Case{"g?y", "http://a/b/c/g?y"},
                           Case{"#s", "http://a/b/c/d;p?q#s"},
                           Case{"g#s", "http://a/b/c/g#s"},
                           Case{"g?y#s", "http://a/b/c/g?y#s"},
                           Case{";x", "http://a/b/c/;x"},
                           Case{"g;x", "http://a/b/c/g;x"},
                           Case{"", "http://a/b/c/d;p?q"},
                           Case{".", "http://a/b/c/"},
                           Case{"./", "http://a/b/c/"},
                           Case{"..", "http://a/b/"},
                           Case{"../", "http://a/b/"},
                           Case{"../g", "http://a/b/g"},
                           Case{"../..", "http://a/"},
                           Case{"../../", "http://a/"},
                           Case{"../../g", "http://a/g"},
                           Case{"../../../g", "http://a/g"},
                           Case{"/./g", "http://a/g"},
                           Case{"/../g", "http://a/g"},
                           Case{"g.", "http://a/b/c/g."},
                           Case{".g", "http://a/b/c/.g"},
                           Case{"..g", "http://a/b/c/..g"},
                           Case{"./../g", "http://a/b/g"},
                           Case{"./g/.", "http://a/b/c/g/"},
                           Case{"g/./h", "http://a/b/c/g/h"},
                           Case{"g/../h", "http://a/b/c/h"},
                           Case{"g;x=1/../y", "http://a/b/c/y"},
                           Case{"g?y/../x", "http://a/b/c/g?y/../x"}}) {
    EXPECT_EQ(resolve_url("http://a/b/c/d;p?q", item.reference), item.target) << item.reference;
  }
  EXPECT_EQ(resolve_url("", "x"), "x");
  EXPECT_EQ(resolve_url("http://h", "x"), "http://h/x");
}

TEST(Url, TakesAddressesApart) {
  EXPECT_EQ(host_of("https://user:pw@Social.Example:8443/x"), "social.example");
  EXPECT_EQ(host_of("http://[::1]:80/"), "[::1]");
  EXPECT_EQ(origin_of("HTTPS://u@Social.Example:8443/x?y"), "https://social.example:8443");
  EXPECT_EQ(origin_of("ftp://h/"), "");
  EXPECT_FALSE(is_web_url("http://"));
  EXPECT_FALSE(is_web_url("javascript:alert(1)"));
  EXPECT_EQ(below("https://h/forum/?a#b", "/api"), "https://h/forum/api");
  EXPECT_EQ(below("https://h", "api"), "https://h/api");
  EXPECT_EQ(query_parameter("https://h/?a=1&max_id=a%20b#max_id=2", "max_id"), "a b");
  EXPECT_EQ(query_parameter("https://h/?a=1", "b"), "");
}

TEST(Url, EncodesAndDecodes) {
  EXPECT_EQ(percent_encode("a b&c=ü~"), "a%20b%26c%3D%C3%BC~");
  EXPECT_EQ(percent_decode("a%20b%2"), "a b%2");
  EXPECT_EQ(percent_decode("%zz%41"), "%zzA");
}

TEST(Url, ReadsHeaders) {
  EXPECT_EQ(
      link_target("<https://a/?x=1,2>; rel=\"prev\", <https://a/n>; rel=\"last next\"", "next"),
      "https://a/n");
  EXPECT_EQ(link_target("<https://a/n>; title=\"a; rel=next\"; rel=prev", "next"), "");
  EXPECT_EQ(link_target("garbage; rel=next", "next"), "");
  EXPECT_EQ(charset_of("text/xml; charset=\"KOI8-R\""), "koi8-r");
  EXPECT_EQ(charset_of("text/xml"), "");
}

TEST(Cursor, ReadsWhatItPrints) {
  Cursor cursor;
  cursor.set("before", 17);
  cursor.set("page", "https://h/?a=1;b=2");
  EXPECT_EQ(cursor.print(), "before=17;page=https%3A%2F%2Fh%2F%3Fa%3D1%3Bb%3D2");
  Cursor again(cursor.print());
  EXPECT_EQ(again.number("before"), 17);
  EXPECT_EQ(again.text("page"), "https://h/?a=1;b=2");
  EXPECT_FALSE(again.number("page"));
  EXPECT_EQ(Cursor("garbage;=;;x").print(), "");
}

}  // namespace
}  // namespace plumbline
