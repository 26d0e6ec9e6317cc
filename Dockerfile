# Two images from one file: `engine` (Node) and `asterisk` (Debian's package). compose.yaml runs both.
#
#   docker compose up --build
#
# Without a Docker engine they build with buildah on bases made by mmdebstrap; src/setup/README.md has the commands.

# Node 20.19 or newer on Debian, with npm.
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim
# A Debian whose package asterisk is 22.10.1 or newer.
ARG DEBIAN_IMAGE=docker.io/library/debian:forky-slim

# --- build: npm packages, the database driver, dist/
FROM ${NODE_IMAGE} AS build
# python3, make and g++ are for the database driver, where no prebuilt one fits.
RUN apt-get update -q \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ca-certificates python3 make g++ \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /santral
# First what the packages depend on, so that a change of the code does not fetch them again.
COPY package.json package-lock.json ./
COPY src/setup/*.mjs src/setup/
RUN SANTRAL_NO_INSTALL=1 node -e "import('./src/setup/npm-packages.mjs').then(async ({ npmPackages, databaseDriver }) => { await npmPackages(); await databaseDriver(); })"
COPY . .
RUN SANTRAL_NO_INSTALL=1 node src/setup/build.mjs \
 && node -e "import('./src/setup/npm-packages.mjs').then(({ dropDevelopmentPackages }) => dropDevelopmentPackages())"

# --- engine
FROM ${NODE_IMAGE} AS engine
RUN apt-get update -q \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends espeak-ng sox libsox-fmt-mp3 opus-tools \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o 10001 -g 10001 -m 0750 /data
WORKDIR /santral
COPY --from=build /santral/package.json /santral/LICENSE ./
COPY --from=build /santral/node_modules node_modules
COPY --from=build /santral/dist dist
COPY --from=build /santral/asterisk-config asterisk-config
COPY --from=build /santral/flows flows
COPY --from=build /santral/sounds sounds
# Asterisk is the other container; both see the same /data, as the same user (a number: no name is needed anywhere).
ENV NODE_ENV=production HOME=/data SANTRAL_DATA=/data SANTRAL_HOST=0.0.0.0 SANTRAL_ASTERISK=external
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.SANTRAL_HTTP_PORT || 8080}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The flags of ENGINE_FLAGS in src/setup/engine-process.ts.
CMD ["node", "--max-semi-space-size=64", "dist/main.js"]

# --- asterisk
FROM ${DEBIAN_IMAGE} AS asterisk
RUN apt-get -o Acquire::Check-Valid-Until=false update -q \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends asterisk \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o 10001 -g 10001 -m 0750 /data
ENV HOME=/data
USER 10001:10001
VOLUME /data
EXPOSE 5060/udp 5060/tcp 8088
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["asterisk", "-C", "/data/asterisk/etc/asterisk.conf", "-rx", "core waitfullybooted"]
# The configuration comes from the engine's image: node dist/cli/santral.js asterisk render
CMD ["asterisk", "-f", "-n", "-C", "/data/asterisk/etc/asterisk.conf"]
