# Oriel's image: Home Assistant's app, and a container of its own. Built by `addon/image` where there is no Docker.
ARG BUILD_FROM=ghcr.io/home-assistant/base-debian:trixie

# The same system builds it: the AOT cache holds for this very JDK, and libraries for this very processor.
FROM ${BUILD_FROM} AS build
ARG MAVEN_ARGS=""
RUN apt-get update \
    && apt-get install -y --no-install-recommends openjdk-25-jdk-headless maven
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml .
COPY src/main src/main
COPY addon/layout addon/
RUN mvn -B -q -DskipTests ${MAVEN_ARGS} package \
    && PATH=$(dirname "$(readlink -f "$(command -v javac)")"):$PATH \
    && addon/layout target /opt/oriel \
    && jlink \
        --add-modules java.base,java.desktop,java.logging,java.management,java.naming,java.net.http,java.sql,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs \
        --no-header-files --no-man-pages --compress zip-0 --output /opt/oriel/jre \
    && /opt/oriel/jre/bin/java -XX:+UseSerialGC -Xshare:dump

FROM ${BUILD_FROM}
# libssl: packets are encrypted by OpenSSL; libpulse, libasound, libxcb: the ffmpeg that comes along is linked to them;
# util-linux: setpriv, by which children get a user of their own.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates libasound2t64 libpulse0 libssl3t64 libstdc++6 libxcb1 libxcb-shm0 tzdata util-linux \
    && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* \
    && useradd --system --uid 990 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin oriel \
    && mkdir -p /config /data /run/oriel
COPY --from=build /opt/oriel /opt/oriel
COPY LICENSE THIRD-PARTY.md /opt/oriel/licenses/
COPY addon/oriel addon/health addon/train /opt/oriel/bin/
RUN echo /opt/oriel/natives >/etc/ld.so.conf.d/oriel.conf && ldconfig \
    && ln -s /opt/oriel/natives/ffmpeg /opt/oriel/natives/ffprobe /usr/local/bin/ \
    && ffmpeg -hide_banner -version \
    && /opt/oriel/bin/train \
    && rm -rf /opt/oriel/bin/train /tmp/* /run/oriel/*

ARG BUILD_ARCH
ARG BUILD_VERSION
LABEL \
    io.hass.type="app" \
    io.hass.arch="${BUILD_ARCH}" \
    io.hass.version="${BUILD_VERSION}" \
    org.opencontainers.image.title="Oriel" \
    org.opencontainers.image.description="Your cameras, live within a blink, for Home Assistant, its cards and any browser" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.version="${BUILD_VERSION}"

EXPOSE 1984/tcp 8555/tcp 8555/udp
STOPSIGNAL SIGTERM
# While it starts it is asked each second, because Home Assistant waits for it; a small board may take half a minute.
HEALTHCHECK --interval=30s --timeout=6s --retries=3 --start-period=60s --start-interval=1s CMD ["/opt/oriel/bin/health"]
# Docker's own init comes first (`init: true`): it hands signals on and buries orphans. The base's s6 has nothing to do here.
ENTRYPOINT ["/opt/oriel/bin/oriel"]
CMD []
