#!/bin/sh
# Makes the secrets of docker-compose.yml, a file for each, in the folder `secrets` or the one given. What is there stays.
set -eu

folder=${1:-$(dirname "$0")/../secrets}
mkdir -p "$folder"
# Users of their own read the files inside the containers; outside, the folder keeps everybody else from them.
chmod 700 "$folder"

make_secret() { # name, command that prints it
    [ ! -e "$folder/$1" ] || return 0
    "$2" > "$folder/.$1.new"
    chmod 644 "$folder/.$1.new"
    mv "$folder/.$1.new" "$folder/$1"
    echo "made $folder/$1"
}

random() {
    head -c 48 /dev/urandom | base64 | tr '+/' '-_'
}

make_secret secret_key random
make_secret database_password random
make_secret worker_database_password random
make_secret redis_password random
make_secret metrics_token random
make_secret secret_key_fallbacks true # keys of before, a line for each
make_secret email_url true            # smtp+tls://user:password@host:587
