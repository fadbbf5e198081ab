#!/usr/bin/env bash
# A base image of Debian packages and nothing else, as an archive, on a Debian machine and without a container engine:
#   images/slim-base.sh OUT.tar        then  -Dimages.base=tar:///…/OUT.tar -Dimages.jre=jlink
# No shell, no package manager; the JRE is a layer of its own.
set -euo pipefail
out=$(realpath -m "${1:?OUT.tar}")
mkdir -p "$(dirname "$out")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What the JVM and libtorch need; fonts and their libraries for plots; libturbojpeg for the data-service.
packages="base-files netbase tzdata ca-certificates libc6 libgcc-s1 libstdc++6 zlib1g
  libfreetype6 libpng16-16 libbrotli1 libfontconfig1 fontconfig-config fonts-dejavu-core libexpat1
  libharfbuzz0b libglib2.0-0 libgraphite2-3 libpcre2-8-0 liblcms2-2 libjpeg62-turbo libturbojpeg0"

mkdir "$work/packages" "$work/root"
(cd "$work/packages" && apt-get -o APT::Sandbox::User=root download -qq $packages)
for package in "$work"/packages/*.deb; do dpkg -x "$package" "$work/root"; done

cd "$work/root"
rm -rf usr/share/{doc,man,locale,lintian,bug,i18n,doc-base,base-files,common-licenses/GFDL*} usr/sbin/iconvconfig
cat usr/share/ca-certificates/mozilla/*.crt > etc/ssl/certs/ca-certificates.crt
mkdir -p tmp && chmod 1777 tmp
echo 'root:x:0:0::/nonexistent:/nonexistent
medtrans:x:10001:10001::/var/lib/medtrans:/nonexistent' > etc/passwd
echo 'root:x:0:
medtrans:x:10001:' > etc/group

cd "$work"
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf layer.tar -C root .
layer=$(sha256sum layer.tar | cut -d' ' -f1)
architecture=$(dpkg --print-architecture)
cat > config.json <<JSON
{"architecture":"$architecture","os":"linux","config":{"Env":["PATH=/usr/local/bin:/usr/bin:/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:$layer"]},"history":[{"created_by":"slim-base.sh"}]}
JSON
echo '[{"Config":"config.json","RepoTags":["medtransformers/slim-base:latest"],"Layers":["layer.tar"]}]' > manifest.json
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$out" manifest.json config.json layer.tar
echo "$out: $(($(stat -c %s layer.tar) >> 20)) MiB"
