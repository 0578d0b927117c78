// Tables of contacts and of what was written about them, as CRMs and address books hand them out.
#pragma once

#include <string_view>

#include "crawler/contact.h"
#include "crawler/harvest.h"

namespace plumbline {

// Which columns hold what: folded names, blank between them, the first that holds something counts.
struct ContactColumns {
  std::string_view header;  // as NamedTable::find_header wants it
  std::string_view id, first, last, name, organisation, reach, url, place, words, written;
};

Status harvest_contacts(ByteSource& bytes, const ContactColumns& columns, Harvest& harvest);

// What customers or colleagues wrote: notes, cases, tickets.
struct WordColumns {
  std::string_view header;
  std::string_view id, title, text, author, author_id, written, parent;
};

Status harvest_words(ByteSource& bytes, const WordColumns& columns, Harvest& harvest);

}  // namespace plumbline
