# Sourced by ../mvnw and ../sluice: makes JAVA_HOME point at a JDK that fits, with nothing exported by hand.
# An own JAVA_HOME that fits is kept; else the lowest fitting JDK of the usual places is taken.

sluice_jdk_wanted=25

# Prints the feature version of the JDK in folder $1, or 0. Reads its release file: no JVM is started.
sluice_jdk_version() {
  if [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
    sluice_v=$(sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' "$1/release" | head -n 1)
    printf %s "${sluice_v:-0}"
  else
    printf 0
  fi
}

# Prints the folder of the best JDK of this machine, or nothing.
sluice_jdk_find() {
  sluice_best=0
  sluice_best_home=
  for sluice_home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    "$HOME"/.asdf/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    sluice_version=$(sluice_jdk_version "$sluice_home")
    if [ "$sluice_version" -ge "$sluice_jdk_wanted" ] \
      && { [ "$sluice_best" -eq 0 ] || [ "$sluice_version" -lt "$sluice_best" ]; }; then
      sluice_best=$sluice_version
      sluice_best_home=$sluice_home
    fi
  done
  printf %s "$sluice_best_home"
}

sluice_jdk_current=0
if [ -n "${JAVA_HOME-}" ]; then
  sluice_jdk_current=$(sluice_jdk_version "$JAVA_HOME")
elif sluice_javac=$(command -v javac 2>/dev/null); then
  sluice_jdk_current=$(sluice_jdk_version "$(dirname "$(dirname "$(readlink -f "$sluice_javac")")")")
fi
if [ "$sluice_jdk_current" -lt "$sluice_jdk_wanted" ]; then
  case $- in *f*) sluice_noglob=1 ;; *) sluice_noglob= ;; esac
  set +f
  sluice_jdk_found=$(sluice_jdk_find)
  [ -z "$sluice_noglob" ] || set -f
  if [ -z "$sluice_jdk_found" ]; then
    echo "Sluice needs a JDK $sluice_jdk_wanted or newer and found none: install one (for instance under /usr/lib/jvm) or set JAVA_HOME to it." >&2
    exit 1
  fi
  JAVA_HOME=$sluice_jdk_found
  export JAVA_HOME
fi
