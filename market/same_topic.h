// When two names are of one topic: "battery" and "batteries", "delivery time" and "time of
// delivery", "support" and "the support".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plumbline {

// A word in the form that its plural and its singular share: no accents, without the endings of
// data/lang/<code>/plurals.txt. To be compared, not to be shown.
std::string topic_word(std::string_view folded, std::string_view lang);

// Equal for names of one topic: its words without articles and other stop words, as topic_word
// makes them, each once and in a fixed order. Empty where nothing is left.
std::string topic_key(std::string_view name, std::string_view lang);

// Turns of phrase that fill a sentence and say nothing (data/lang/<code>/fillers.txt): how many
// bytes those are long in which this topic is read. Empty for most topics.
std::vector<std::size_t> filler_lengths(std::string_view topic, std::string_view lang);

// Whether a statement about the topic, so many bytes long, is nothing but such a phrase: "Ehrlich
// gesagt". `lengths` are the topic's.
bool is_filler(const std::vector<std::size_t>& lengths, std::size_t length);

}  // namespace plumbline
