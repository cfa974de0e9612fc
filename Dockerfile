# The image of face-detector for linux/amd64 and linux/arm64. Build it with build/image, which pins the bases by digest.
# Everything is compiled on the build platform; the final stage has no RUN, so that neither architecture needs emulation.

ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG NATIVE_BUILD_IMAGE=docker.io/library/debian:bookworm-slim
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled

# --- ffmpeg and libjpeg-turbo: what the portable imaging backend takes from outside .NET ---
FROM --platform=$BUILDPLATFORM ${NATIVE_BUILD_IMAGE} AS native
ARG TARGETARCH
RUN case "$(dpkg --print-architecture)" in \
      amd64) cross="gcc-aarch64-linux-gnu libc6-dev-arm64-cross" ;; \
      arm64) cross="gcc-x86-64-linux-gnu libc6-dev-amd64-cross" ;; \
    esac \
 && apt-get update && apt-get install --yes --no-install-recommends dpkg-dev gcc libc6-dev make nasm xz-utils $cross
COPY build/ffmpeg.sh build/libjpeg-turbo.sh build/timestamp.sh /build/
RUN /build/ffmpeg.sh "$TARGETARCH" /out/usr/local/bin \
 && /build/libjpeg-turbo.sh "$TARGETARCH" /out/app \
 && /build/timestamp.sh /out

# --- face-detector ---
FROM --platform=$BUILDPLATFORM ${SDK_IMAGE} AS build
ARG TARGETARCH
# No compiler or build server outlives the step that started it: some builders would wait for it.
ENV UseSharedCompilation=false MSBUILDDISABLENODEREUSE=1
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY face-detector/Directory.Build.props face-detector/FaceDetector.csproj face-detector/packages.lock.json face-detector/
COPY face-detector/CommandLine/FaceEdge.CommandLine.csproj face-detector/CommandLine/packages.lock.json face-detector/CommandLine/
COPY face-detector/Contracts/FaceEdge.Contracts.csproj face-detector/Contracts/packages.lock.json face-detector/Contracts/
COPY face-detector/Core/FaceEdge.Core.csproj face-detector/Core/packages.lock.json face-detector/Core/
COPY face-detector/Demo/FaceEdge.Demo.csproj face-detector/Demo/packages.lock.json face-detector/Demo/
COPY face-detector/Evaluation/FaceEdge.Evaluation.csproj face-detector/Evaluation/packages.lock.json face-detector/Evaluation/
RUN dotnet restore face-detector --locked-mode --arch "$TARGETARCH" -p:PublishReadyToRun=true
COPY face-detector/ face-detector/
ARG VERSION=0.0.0-local
ARG COMMIT=unknown
ARG OPENCV=false
RUN dotnet publish face-detector --no-restore --configuration Release --arch "$TARGETARCH" --no-self-contained \
      -p:PublishReadyToRun=true -p:OpenCvNative="$OPENCV" -p:Version="$VERSION" -p:SourceRevisionId="$COMMIT" --output /publish
COPY --from=native /out/ /native/
COPY build/layers.sh build/sbom.cs build/timestamp.sh build/
RUN dotnet run build/sbom.cs -- /publish /native "$TARGETARCH" "$VERSION" > /sbom.cdx.json && mv /sbom.cdx.json /publish/ \
 && build/layers.sh /publish /out

# --- what a site pulls ---
FROM ${RUNTIME_IMAGE}
COPY --from=native /out/ /
# Third-party libraries change rarely, the application often: a site that has the previous image pulls the last layer only.
COPY --from=build /out/libraries/ /
COPY --from=build /out/application/ /
WORKDIR /app
# The service bounds the C library's heap itself, but the runtime's threads take their arenas before its first line runs (docs/reliability.md).
ENV MALLOC_ARENA_MAX=2 \
    MALLOC_MMAP_THRESHOLD_=131072 \
    MALLOC_TRIM_THRESHOLD_=131072 \
    DOTNET_EnableDiagnostics=0 \
    FACEEDGE_MODEL_CACHE=/var/cache/faceedge
EXPOSE 8080
# The chiselled base's own user "app", by number so that Kubernetes can prove that it is not root.
USER 1654
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["/app/face-detector", "healthcheck"]
ENTRYPOINT ["/app/face-detector"]
