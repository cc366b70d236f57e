package dev.sluice.events;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The Javadoc of the records, as Markdown: what the sources say is what the catalogue says. */
final class Javadoc {

  private static final Path SOURCES = Path.of("src/main/java/dev/sluice/events");

  private final Map<String, String> texts = new HashMap<>();

  private Javadoc() {}

  static Javadoc ofContract() {
    Javadoc javadoc = new Javadoc();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.list(SOURCES)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources.sorted().toList()));
      DocTrees trees = DocTrees.instance(task);
      task.parse().forEach(unit -> new Reader(trees, javadoc.texts).scan(unit, ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return javadoc;
  }

  /** What a type is for; empty where it has no comment. */
  String of(Class<?> type) {
    return texts.getOrDefault(key(type), "");
  }

  /** What a component of a record, or a constant of an enum, means; empty where nothing says so. */
  String of(Class<?> type, String member) {
    return texts.getOrDefault(key(type) + "#" + member, "");
  }

  private static String key(Class<?> type) {
    return Types.name(type);
  }

  private static final class Reader extends TreePathScanner<Void, String> {

    private final DocTrees trees;
    private final Map<String, String> texts;

    Reader(DocTrees trees, Map<String, String> texts) {
      this.trees = trees;
      this.texts = texts;
    }

    @Override
    public Void visitClass(ClassTree type, String outer) {
      String name =
          outer.isEmpty() ? "" + type.getSimpleName() : outer + "." + type.getSimpleName();
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      if (comment != null) {
        texts.put(name, markdown(comment.getFullBody()));
        for (DocTree tag : comment.getBlockTags()) {
          if (tag instanceof ParamTree param) {
            texts.put(name + "#" + param.getName(), markdown(param.getDescription()));
          }
        }
      }
      return super.visitClass(type, name);
    }

    @Override
    public Void visitVariable(VariableTree constant, String outer) {
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      if (comment != null) {
        texts.put(outer + "#" + constant.getName(), markdown(comment.getFullBody()));
      }
      return super.visitVariable(constant, outer);
    }

    private static String markdown(List<? extends DocTree> parts) {
      return parts.stream()
          .map(Reader::markdown)
          .collect(Collectors.joining())
          .replaceAll(" *\\n(?!\\n)(?<!\\n\\n) *", " ")
          .strip();
    }

    private static String markdown(DocTree part) {
      return switch (part) {
        case TextTree text -> text.getBody();
        case LiteralTree code -> "`" + code.getBody().getBody() + "`";
        case LinkTree link -> "`" + link.getReference().getSignature().replaceFirst("^#", "") + "`";
        case StartElementTree paragraph -> "\n\n";
        default -> throw new IllegalStateException("not written as Markdown yet: " + part);
      };
    }
  }
}
