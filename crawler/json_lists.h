// The objects of lists inside a JSON file of any size: {"chats": {"list": [{"messages": [ … ]}]}}
// gives out the messages one by one without holding the file. Text before the first bracket, such
// as the "window.YTD.tweets.part0 = " of an X archive, is passed over.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/json_objects.h"

namespace plumbline {

class JsonLists {
 public:
  // `wanted` says which lists, by the name of their member; "" is the list that the file itself is,
  // "{}" the one object that it is.
  // Inside of one that is not wanted it is looked on.
  JsonLists(TextReader& text, std::function<bool(std::string_view list)> wanted);

  // False at the end. `piece.bytes` is one object of a wanted list.
  Result<bool> next(JsonPiece& piece);
  const std::string& list() const { return list_; }  // which list the object is of
  // The text or number read last under this name outside of wanted lists; empty: none.
  std::string scalar(std::string_view name) const;

 private:
  struct Open {
    bool array = false;
    std::string key;
  };
  Result<bool> more();
  Result<bool> capture(JsonPiece& piece);
  Result<bool> read_string(std::string& into);
  void see_scalar(std::string value);
  Result<bool> step(JsonPiece& piece, bool& found);
  void advance(std::size_t count);

  TextReader& text_;
  std::function<bool(std::string_view)> wanted_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  bool ended_ = false;
  std::vector<Open> open_;
  std::string key_;  // of the value that comes
  bool expects_key_ = false;
  std::string list_;
  std::map<std::string, std::string, std::less<>> scalars_;
};

}  // namespace plumbline
