// Puts statements about nearly the same thing under one name: "neighbour access" and "access for a
// tenant" are both about access, and forty wants of one author each tell a reader nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline {

struct TopicVoices {
  std::string_view topic;      // a theme ("price") or up to three words in small letters
  std::int64_t authors = 0;    // who say something of this kind about it
  std::string_view lang = {};  // of the mentions; empty: English
};

// A name per topic, in the order given. Themes keep theirs and take in what is only another form of
// it ("the supports"); of the other topics those that share a word, be it in the plural
// (market/same_topic.h), are named by the words that most of their authors use. Words of `brands`
// name nothing here: all of it is about the brand. The order of `topics` does not matter for the
// names.
std::vector<std::string> common_names(const std::vector<TopicVoices>& topics,
                                      const std::vector<std::string>& brands);

}  // namespace plumbline
