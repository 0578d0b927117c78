#include "crawler/contact_table.h"

#include "base/text.h"
#include "crawler/harvest_rows.h"

namespace plumbline {

Status harvest_contacts(ByteSource& bytes, const ContactColumns& columns, Harvest& harvest) {
  return harvest_table(bytes, columns.header, harvest, [&](const NamedTable& row) {
    Contact contact;
    contact.line = row.line();
    contact.id = row.cell(columns.id);
    contact.name = row.cell(columns.name);
    if (contact.name.empty())
      contact.name = std::string(trim(row.cell(columns.first) + " " + row.cell(columns.last)));
    contact.organisation = row.cell(columns.organisation);
    contact.reach = row.cell(columns.reach);
    contact.url = row.cell(columns.url);
    contact.place = row.cell(columns.place);
    contact.words = row.cell(columns.words);
    contact.written = time_in(row.cell(columns.written));
    return keep_contact(harvest, contact);
  });
}

Status harvest_words(ByteSource& bytes, const WordColumns& columns, Harvest& harvest) {
  return harvest_table(bytes, columns.header, harvest, [&](const NamedTable& row) {
    Document document;
    document.id = row.cell(columns.id);
    document.title = row.cell(columns.title);
    document.text = row.cell(columns.text);
    document.author.name = row.cell(columns.author);
    document.author.id = document.author.handle = row.cell(columns.author_id);
    document.published_at = time_in(row.cell(columns.written));
    document.parent = row.cell(columns.parent);
    return harvest.keep(row.line(), std::move(document));
  });
}

}  // namespace plumbline
