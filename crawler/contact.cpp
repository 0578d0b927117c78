#include "crawler/contact.h"

#include <fmt/core.h>

#include "base/text.h"

namespace plumbline {

Status keep_contact(Harvest& harvest, const Contact& contact) {
  if (trim(contact.words).empty()) {
    harvest.pass("contact without words, not kept");
    return {};
  }
  Document document;
  document.id = contact.id.empty()
                    ? hex64(hash64(fmt::format("{}\n{}\n{}\n{}", contact.name, contact.organisation,
                                               contact.reach, contact.words)))
                    : contact.id;
  document.title = contact.name;
  if (!contact.organisation.empty())
    document.title += (document.title.empty() ? "" : ", ") + contact.organisation;
  document.text = contact.words;
  document.url = contact.url;
  document.place = contact.place;
  document.published_at =
      contact.written == kNoTime ? harvest.options().file_time : contact.written;
  return harvest.keep(contact.line, std::move(document));
}

}  // namespace plumbline
