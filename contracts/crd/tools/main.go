// Writes the facts about Go's pod template structs that a pod template hash depends on: the order of
// the fields, what is left out when empty, what is a pointer, and the API markers (defaults, required
// fields, list types) for the schemas.
//
//	go run . > ../src/main/resources/dev/sluice/crd/pod-template-types.json
//
// Nothing in the build needs this program: its output is committed. It is run again when Argo Rollouts
// moves to another release of k8s.io/api (go.mod says which), since the hash moves with it.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"sort"
	"strings"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// field is one JSON member of a struct, in the order in which Go writes it.
type field struct {
	Name     string          `json:"name"`
	Type     string          `json:"type"`
	Shape    string          `json:"shape,omitempty"`   // list or map; absent: a single value
	Pointer  bool            `json:"pointer,omitempty"` // of the single value
	Omit     string          `json:"omit,omitempty"`    // empty (omitempty) or zero (omitzero); absent: always written
	Required bool            `json:"required,omitempty"`
	Default  json.RawMessage `json:"default,omitempty"`
	List     string          `json:"list,omitempty"` // x-kubernetes-list-type
	Keys     []string        `json:"keys,omitempty"` // x-kubernetes-list-map-keys
	Atomic   bool            `json:"atomic,omitempty"`
}

// leaves are written by methods of their own, not field by field.
var leaves = map[string]string{
	"k8s.io/apimachinery/pkg/api/resource.Quantity":   "quantity",
	"k8s.io/apimachinery/pkg/util/intstr.IntOrString": "intOrString",
	"k8s.io/apimachinery/pkg/apis/meta/v1.Time":       "time",
	"k8s.io/apimachinery/pkg/apis/meta/v1.FieldsV1":   "raw",
}

var (
	types    = map[string][]field{}
	packages = map[string]string{} // type name -> package, to notice two types of one name
	markers  = map[string]map[string][]string{}
)

func main() {
	for _, root := range []any{corev1.PodTemplateSpec{}, batchv1.JobSpec{}, metav1.LabelSelector{}} {
		add(reflect.TypeOf(root))
	}
	keepDefaultsOutsideOfVolumes()
	names := make([]string, 0, len(types))
	for name := range types {
		names = append(names, name)
	}
	sort.Strings(names)

	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n  \"source\": %q,\n  \"types\": {", source())
	for i, name := range names {
		fmt.Fprintf(&out, "%s\n    %q: [", comma(i), name)
		for j, f := range types[name] {
			line, err := json.Marshal(f)
			check(err)
			fmt.Fprintf(&out, "%s\n      %s", comma(j), line)
		}
		fmt.Fprint(&out, "\n    ]")
	}
	fmt.Fprint(&out, "\n  }\n}\n")
	_, err := out.WriteTo(os.Stdout)
	check(err)
}

// keepDefaultsOutsideOfVolumes: Argo's schemas leave spec.volumes open, so the API server defaults
// nothing in there, and the hash must not either.
func keepDefaultsOutsideOfVolumes() {
	defaulted := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if defaulted[name] || name == "Volume" {
			return
		}
		defaulted[name] = true
		for _, f := range types[name] {
			visit(f.Type)
		}
	}
	visit("PodTemplateSpec")
	for name, fields := range types {
		for i := range fields {
			if !defaulted[name] {
				fields[i].Default = nil
			}
		}
	}
}

func add(t reflect.Type) {
	if other, known := packages[t.Name()]; known {
		if other != t.PkgPath() {
			log.Fatalf("two types are called %s: in %s and in %s", t.Name(), other, t.PkgPath())
		}
		return
	}
	packages[t.Name()] = t.PkgPath()
	types[t.Name()] = fields(t)
}

// fields flattens embedded structs in place, which is the order of encoding/json.
func fields(t reflect.Type) []field {
	var result []field
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			result = append(result, fields(f.Type)...)
			continue
		}
		result = append(result, describe(f, name, options, markersOf(t, f.Name)))
	}
	return result
}

func describe(f reflect.StructField, name, options string, marks []string) field {
	d := field{Name: name}
	switch {
	case strings.Contains(options, "omitzero"):
		d.Omit = "zero"
	case strings.Contains(options, "omitempty"):
		d.Omit = "empty"
	}
	t := f.Type
	switch t.Kind() {
	case reflect.Slice:
		d.Shape, t = "list", t.Elem()
	case reflect.Map:
		d.Shape, t = "map", t.Elem()
	case reflect.Pointer:
		d.Pointer, t = true, t.Elem()
	}
	d.Type = typeName(t)
	if d.Shape == "" && t.Kind() == reflect.Struct {
		marks = append(marks, markersOf(t, "")...)
	}

	d.Required = d.Omit == ""
	for _, mark := range marks {
		key, value, _ := strings.Cut(mark, "=")
		switch key {
		case "optional":
			d.Required = false
		case "required":
			d.Required = true
		case "default":
			d.Default = json.RawMessage(value)
		case "listType":
			d.List = value
		case "listMapKey":
			d.Keys = append(d.Keys, strings.Trim(value, `"`))
		case "mapType", "structType":
			d.Atomic = value == "atomic"
		}
	}
	return d
}

func typeName(t reflect.Type) string {
	if leaf, is := leaves[t.PkgPath()+"."+t.Name()]; is {
		return leaf
	}
	switch t.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int32:
		return "int32"
	case reflect.Int64:
		return "int64"
	case reflect.Struct:
		add(t)
		return t.Name()
	}
	log.Fatalf("no name for %s", t)
	return ""
}

// markersOf reads "// +key=value" above a field, or above the type if no field is named: reflection does
// not know them.
func markersOf(t reflect.Type, fieldName string) []string {
	if markers[t.PkgPath()] == nil {
		markers[t.PkgPath()] = readMarkers(t.PkgPath())
	}
	return markers[t.PkgPath()][t.Name()+"."+fieldName]
}

func readMarkers(pkg string) map[string][]string {
	folder, err := exec.Command("go", "list", "-f", "{{.Dir}}", pkg).Output()
	check(err)
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(folder)), "*.go"))
	check(err)
	found := map[string][]string{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		check(err)
		ast.Inspect(file, func(node ast.Node) bool {
			if declaration, is := node.(*ast.GenDecl); is && len(declaration.Specs) == 1 {
				if spec, is := declaration.Specs[0].(*ast.TypeSpec); is {
					found[spec.Name.Name+"."] = marksIn(declaration.Doc)
				}
			}
			spec, is := node.(*ast.TypeSpec)
			if !is {
				return true
			}
			if str, is := spec.Type.(*ast.StructType); is {
				for _, f := range str.Fields.List {
					for _, id := range f.Names {
						found[spec.Name.Name+"."+id.Name] = marksIn(f.Doc)
					}
				}
			}
			return true
		})
	}
	return found
}

func marksIn(comments *ast.CommentGroup) []string {
	if comments == nil {
		return nil
	}
	var marks []string
	for _, comment := range comments.List {
		text := strings.TrimSpace(strings.TrimPrefix(comment.Text, "//"))
		if strings.HasPrefix(text, "+") {
			marks = append(marks, text[1:])
		}
	}
	return marks
}

func source() string {
	info, _ := debug.ReadBuildInfo()
	for _, dependency := range info.Deps {
		if dependency.Path == "k8s.io/api" {
			return dependency.Path + " " + dependency.Version
		}
	}
	return ""
}

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
