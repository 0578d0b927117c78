// What the archives of Facebook, Messenger and Instagram share.
#pragma once

#include <string>
#include <string_view>

#include "crawler/harvest.h"
#include "crawler/harvest_rows.h"

namespace plumbline {

// These archives write every byte of UTF-8 as a character of its own ("cafÃ©"). Repaired only where
// all characters are bytes and the bytes are UTF-8 again; good text stays as it is.
std::string repair_mojibake(std::string_view text);
std::string meta_text(Json value);  // its text, repaired

// The messages of one thread: with sender_name and timestamp_ms, or those of end-to-end chats
// with senderName and timestamp.
Status harvest_thread(ByteSource& bytes, std::string_view member, Harvest& harvest);
bool is_thread_file(std::string_view member);  // …/message_1.json
// "Anna Berg_3.json": how the archive of end-to-end chats names its threads.
bool is_secret_thread_file(std::string_view member);

// These archives come as pages unless one asks for JSON; such an archive is an error that says so.
Status refuse_pages(Archive& archive, std::string_view file_name, const Harvest& harvest);

}  // namespace plumbline
