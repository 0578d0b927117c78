// Invented people and what they said, for the tests of the brief.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sales/brief.h"

namespace plumbline {

inline constexpr Seconds kToday = 1795500000;  // 2026-11-24T06:00:00Z

// A document of reviews:@ada with statements that are found by their words.
class Said {
 public:
  Said(std::string text, int days_ago) {
    own_.document.source = "reviews";
    own_.document.author = {"ada", "ada", "Ada Quill"};
    own_.document.published_at = kToday - days_ago * kSecondsPerDay;
    own_.document.id = "r" + std::to_string(days_ago) + "-" + std::to_string(text.size());
    own_.document.url = "https://reviews.example.org/" + own_.document.id;
    own_.document.text = std::move(text);
    own_.analysis.version = "test-1";
    own_.analysis.lang = "en";
  }
  Said& on(std::string brand) {
    own_.document.brand = std::move(brand);
    return *this;
  }
  Said& from(std::string source, std::string handle) {
    own_.document.source = std::move(source);
    own_.document.author = {handle, handle, handle};
    return *this;
  }
  Said& id(std::string id) {
    own_.document.id = std::move(id);
    return *this;
  }
  // The words must stand in the text; empty: all of it.
  Said& states(StatementKind kind, std::string topic, std::string_view words = {}) {
    own_.analysis.statements.push_back({kind, std::move(topic), span_of(words)});
    return *this;
  }
  // Who does it, and when.
  Said& tells(StatementKind kind, Holder holder, Tense tense) {
    own_.analysis.statements.push_back({kind, {}, span_of({}), holder, tense});
    return *this;
  }
  // Of the statement told last.
  Said& only_if(std::string_view words) {
    own_.analysis.statements.back().condition = span_of(words);
    return *this;
  }
  Said& ironic() {
    own_.analysis.irony = kToldIrony;
    return *this;
  }
  Said& judges(std::string aspect, Polarity label, std::string_view words = {}) {
    own_.analysis.aspects.push_back({std::move(aspect), label, span_of(words)});
    return *this;
  }
  Said& feels(Polarity label) {
    own_.analysis.sentiment.label = label;
    own_.analysis.sentiment.score = static_cast<float>(label) * 0.7F;
    return *this;
  }
  Said& talks(float price, float value) {
    own_.analysis.price_talk = price;
    own_.analysis.value_talk = value;
    return *this;
  }
  Said& copied() {
    own_.copy = true;
    return *this;
  }
  operator OwnDocument() const { return own_; }  // NOLINT: reads as a value in tables

 private:
  Span span_of(std::string_view words) const {
    const std::size_t at = words.empty() ? 0 : own_.document.text.find(words);
    const std::size_t length = words.empty() ? own_.document.text.size() : words.size();
    return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)};
  }
  OwnDocument own_;
};

inline BriefInput plain_input() {
  BriefInput input;
  input.person.name = "Ada Quill";
  input.person.accounts = {{"reviews", "ada", "Ada Quill", 1, "named on the command line"}};
  input.brand = "Acme";
  input.competitors = {"Borealis", "Corvo"};
  input.claims = {{"The pump that pays for itself in a year.",
                   "Meter study, 40 sites",
                   {},
                   {"running", "price"}},
                  {"A person answers within the hour.", "", {"answer the phone"}, {"support"}}};
  input.now = kToday;
  return input;
}

// Ada in full: a price question, praise and blame of the same support, pains, fears, a wish,
// copies.
inline BriefInput rich_input() {
  using enum StatementKind;
  BriefInput input = plain_input();
  input.person.role = "Head of maintenance";
  input.person.firm = "Quill Dairies";
  input.person.call_at = "10:30";
  input.person.accounts.push_back({"forum", "ada_q", "Ada", 0.91, "joined in plumbline.toml"});
  input.documents = {
      Said("We are thinking of switching from Borealis. What would Acme cost us over five years?",
           3)
          .on("Acme")
          .states(cost, "price", "What would Acme cost us over five years?")
          .talks(0.9F, 0),
      Said("Borealis charges for every call. Their support never answers before noon.", 9)
          .on("Borealis")
          .states(pain, "support", "Their support never answers before noon")
          .states(cost, "support", "Borealis charges for every call")
          .feels(Polarity::negative),
      Said("I am afraid of being locked in with one supplier for spare parts.", 20)
          .states(fear, "leaving", "afraid of being locked in with one supplier for spare parts"),
      Said("Acme support was great, they stayed on the line until it ran.", 70)
          .on("Acme")
          .judges("support", Polarity::positive, "support"),
      Said("Acme support never answers. Three tickets, no reply.", 30)
          .on("Acme")
          .states(pain, "support", "Acme support never answers")
          .judges("support", Polarity::negative, "support")
          .feels(Polarity::negative),
      Said("I want one contract for pump and service.", 41)
          .states(want, "contract service", "I want one contract for pump and service"),
      Said("I need delivery within a week, the milk does not wait.", 44)
          .states(need, "delivery", "I need delivery within a week"),
      Said("The warranty may not cover milk acid, that is a risk we cannot take.", 50)
          .states(risk, "warranty", "The warranty may not cover milk acid"),
      Said("I would rather talk to an engineer by phone than fill in a form.", 61)
          .states(experience, "people", "rather talk to an engineer by phone than fill in a form"),
      Said("A pump that lasts ten years is worth more than a cheap one.", 90).talks(0.2F, 0.9F),
      Said("Training took two days and was well spent.", 95)
          .from("forum", "ada_q")
          .on("Acme")
          .judges("training", Polarity::positive, "Training"),
      Said("Acme support never answers. Three tickets, no reply!", 29).on("Acme").copied(),
  };
  return input;
}

}  // namespace plumbline
