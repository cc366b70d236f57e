package dev.sluice.events;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void theCatalogueSaysWhatTheCodeSays() {
    Generated.assertUpToDate(Path.of("../../docs/events.md"), Catalogue.write());
  }
}
