// A card of an address book. A contact is a person, not an utterance: only the words that somebody
// wrote about it are kept.
#pragma once

#include <cstdint>
#include <string>

#include "crawler/harvest.h"

namespace plumbline {

struct Contact {
  std::int64_t line = 0;
  std::string id;  // of the address book; empty: made of who it is and of the words
  std::string name;
  std::string organisation;
  std::string reach;  // an address, to tell two of one name apart
  std::string url;
  std::string place;
  std::string words;          // a note
  Seconds written = kNoTime;  // the note or the card
};

// The name stands as the title, and no author: whoever keeps the address book wrote the words, and
// they must never count as said by the person they are about.
Status keep_contact(Harvest& harvest, const Contact& contact);

}  // namespace plumbline
