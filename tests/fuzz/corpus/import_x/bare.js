Grailbird.data.tweets_2012_03 =
 [ {"id_str":"3","text":"Older","created_at":"2012-03-04 12:00:00 +0000","user":{"screen_name":"a"}} ]