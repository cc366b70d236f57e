// Writes what Go itself makes of pod templates, quantities, strings and numbers, for the tests:
//
//	go run ./vectors > ../src/test/resources/dev/sluice/crd/go-vectors.json
//
// The templates are filled by reflection, so that every field of every struct takes part: the first with
// everything, the others with a part, among it zeros behind pointers, empty strings, lists and objects.
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"log"
	"math/rand"
	"os"
	"reflect"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	k8srand "k8s.io/apimachinery/pkg/util/rand"
)

type template struct {
	Hash           string          `json:"hash"`
	CollisionCount *uint32         `json:"collisionCount,omitempty"`
	Template       json.RawMessage `json:"template"`
}

var quantities = []string{
	"0", "0m", "00", "0.0", "-0", "1", "+1", "-1", "01", "10", "100", "999", "1000", "1001", "1024", "2000", "10000", "1000000",
	"1m", "10m", "100m", "250m", "500m", "999m", "1000m", "1500m", "2000m", "10000m", "1000000m", "1u", "1000u", "1500u", "1n", "999n", "1000n",
	"0.1", "0.5", "0.25", "0.001", "0.0001", "1.0", "1.5", "1.50", "1.500", "1.000", "1.", ".5", "2.5m", "0.5m", "1.0005m", "0.1n", "0.0000000001",
	"1k", "10k", "1000k", "1.5k", "1.500k", "1M", "1500M", "1G", "1T", "1P", "1E", "1.1E", "1000E", "0.5G", "0.0005G", "123456789k",
	"1Ki", "8Ki", "16Ki", "512Ki", "1000Ki", "1023Ki", "1024Ki", "1025Ki", "1Mi", "64Mi", "100Mi", "512Mi", "1024Mi", "1048576Ki", "1Gi", "2Gi",
	"1.5Gi", "0.5Gi", "0.1Gi", "1.25Mi", "0.5Ki", "0.0001Ki", "1023.5Ki", "1Ti", "1Pi", "1Ei", "7Ei", "8Ei", "9Ei", "1000Ti", "10000000Gi", "-1Gi", "-1.5Gi", "-512Mi",
	"1e3", "1E3", "1e0", "1e-3", "1.5e3", "1.5e6", "12e6", "1e9", "1e18", "100e-3", "1e-9", "1e-10", "1e+3", "1000e3", "1024e0", "5e1", "500e1",
	"123456789012345678", "1234567890123456789", "12345678901234567890", "0.123456789", "0.1234567891", "123.456", "-123.456", "999999999999999999",
	"128974848", "129e6", "129M", "128974848000m", "123Mi", "+5Mi", "+1.5", " 5Mi ", "3Mi", "007", "1000000000000000000", "100000000000000000000",
}

var strings = []string{
	"", "plain", "a<b>&c", "quote\"back\\slash/", "\b\f\n\r\t", "\x00\x01\x1f\x7f", "é ß 漢 😀", "\u2028\u2029", "\ufffd", "{{args.x}}",
}

var numbers = []string{
	"0", "1", "-1", "1.5", "-0.0", "0.1", "100", "1e2", "1.0", "1e20", "1e21", "123456789.125", "1e-6", "1e-7", "-2.5e-9",
	"3.141592653589793", "1.7976931348623157e308", "1e100", "123456789012345680000",
}

func main() {
	random := rand.New(rand.NewSource(1))
	var out bytes.Buffer
	fmt.Fprint(&out, "{\n\"templates\": [")
	for i := 0; i < 40; i++ {
		share := 1.0
		if i > 0 {
			share = 0.02 + 0.3*random.Float64()
		}
		var filled corev1.PodTemplateSpec
		(&filler{random, share}).fill(reflect.ValueOf(&filled).Elem())
		row := template{Template: sorted(marshal(filled))}
		var stored corev1.PodTemplateSpec
		check(json.Unmarshal(defaulted(row.Template), &stored))
		if i%4 == 3 {
			count := uint32(random.Intn(3)) * 70000
			row.CollisionCount = &count
		}
		row.Hash = hash(marshal(stored), row.CollisionCount)
		fmt.Fprintf(&out, "%s\n%s", comma(i), marshal(row))
	}
	fmt.Fprint(&out, "\n],\n\"quantities\": {")
	for i, text := range quantities {
		var quantity resource.Quantity
		check(json.Unmarshal(marshal(text), &quantity))
		fmt.Fprintf(&out, "%s\n%s: %s", comma(i), marshal(text), marshal(quantity))
	}
	fmt.Fprint(&out, "\n},\n\"strings\": [")
	for i, text := range strings {
		fmt.Fprintf(&out, "%s\n[%s, %s]", comma(i), marshal(text), marshal(string(marshal(text))))
	}
	fmt.Fprint(&out, "\n],\n\"numbers\": [")
	for i, text := range numbers {
		fmt.Fprintf(&out, "%s\n[%s, %s]", comma(i), text, marshal(string(sorted([]byte(text)))))
	}
	fmt.Fprint(&out, "\n],\n\"durations\": {")
	for i, text := range durations {
		duration, err := time.ParseDuration(text)
		answer := any(int64(duration))
		if err != nil {
			answer = err.Error()
		}
		fmt.Fprintf(&out, "%s\n%s: %s", comma(i), marshal(text), marshal(answer))
	}
	fmt.Fprint(&out, "\n}\n}\n")
	_, err := out.WriteTo(os.Stdout)
	check(err)
}

var durations = []string{
	"0", "-0", "+0", "5s", "30s", "1478s", "-5s", "+5s", "5.0s", "5.6s", "5.s", ".5s", "1.0s", "1.00s", "1.004s", "1.0040s", "100.00100s", "10ns", "11us", "12µs", "12μs",
	"13ms", "14s", "15m", "16h", "3h30m", "10.5s4m", "-2m3.4s", "1h2m3s4ms5us6ns", "39h9m14.425s", "52763797000ns", "0.3333333333333333333h", "9007199254740993ns",
	"9223372036854775807ns", "9223372036854775.807us", "0.100000000000000000000h", "2562047h47m16.854775807s", "0.830103483285477580700h",
	"", "3", "-", "s", ".", "-.", ".s", "+.s", "1d", "3000000h", "9223372036854775808ns", "5 s", " 5s", "2x", "1h 30m", "1H", "1s2", "--1s",
}

type filler struct {
	random *rand.Rand
	share  float64
}

func (f *filler) fill(v reflect.Value) {
	switch target := v.Addr().Interface().(type) {
	case *resource.Quantity:
		*target = resource.MustParse([]string{"1", "1000m", "250m", "1.5Gi", "64Mi", "0"}[f.random.Intn(6)])
		return
	case *intstr.IntOrString:
		*target = intstr.FromInt32(int32(f.random.Intn(3)) * 8080)
		if f.random.Intn(2) == 0 {
			*target = intstr.FromString("http")
		}
		return
	case *metav1.Time:
		*target = metav1.NewTime(time.Unix(1700000000+int64(f.random.Intn(1000000)), 0))
		return
	case *metav1.FieldsV1:
		target.Raw = []byte(`{"f:b":{},"f:a":{"<":1.50}}`)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := 0; i < v.NumField(); i++ {
			if f.wants(v.Type().Field(i)) {
				f.fill(v.Field(i))
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		if f.share == 1 || f.random.Intn(4) > 0 {
			f.fill(v.Elem())
		}
	case reflect.Slice:
		size := 1 + f.random.Intn(2)
		if f.share < 1 {
			size = f.random.Intn(3)
		}
		v.Set(reflect.MakeSlice(v.Type(), size, size))
		for i := 0; i < v.Len(); i++ {
			f.fill(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for _, key := range []string{"b", "a<", "é", "Z"} {
			value := reflect.New(v.Type().Elem()).Elem()
			f.fill(value)
			v.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), value)
		}
	case reflect.String:
		v.SetString(strings[f.random.Intn(len(strings))])
	case reflect.Bool:
		v.SetBool(f.share == 1 || f.random.Intn(2) == 0)
	case reflect.Int32, reflect.Int64:
		v.SetInt(int64(f.random.Intn(3)) * 1234)
	default:
		log.Fatalf("cannot fill %s", v.Type())
	}
}

// wants leaves some fields out, but always goes on to the containers: they hold most of what there is.
func (f *filler) wants(field reflect.StructField) bool {
	switch field.Name {
	case "Spec", "Containers", "ObjectMeta", "EphemeralContainerCommon", "VolumeSource":
		return true
	}
	return f.random.Float64() < f.share
}

func hash(text []byte, collisionCount *uint32) string {
	hasher := fnv.New32a()
	hasher.Write(text)
	if collisionCount != nil {
		count := make([]byte, 8)
		binary.LittleEndian.PutUint32(count, *collisionCount)
		hasher.Write(count)
	}
	return k8srand.SafeEncodeString(fmt.Sprint(hasher.Sum32()))
}

// defaulted has the defaults of Argo's schemas, as the API server stores them. A template that is stored
// without them must come to the same hash.
func defaulted(text []byte) []byte {
	var template map[string]any
	check(json.Unmarshal(text, &template))
	for _, list := range []string{"initContainers", "containers", "ephemeralContainers"} {
		for _, container := range objects(template["spec"], list) {
			for _, port := range objects(container, "ports") {
				setDefault(port, "protocol", "TCP")
			}
			for _, probe := range []string{"livenessProbe", "readinessProbe", "startupProbe"} {
				setDefault(object(object(container, probe), "grpc"), "service", "")
			}
			for _, env := range objects(container, "env") {
				setDefault(object(object(env, "valueFrom"), "fileKeyRef"), "optional", false)
			}
		}
	}
	return marshal(template)
}

func object(parent any, name string) map[string]any {
	if members, is := parent.(map[string]any); is {
		child, _ := members[name].(map[string]any)
		return child
	}
	return nil
}

func objects(parent any, name string) []map[string]any {
	var found []map[string]any
	if members, is := parent.(map[string]any); is {
		list, _ := members[name].([]any)
		for _, each := range list {
			if child, is := each.(map[string]any); is {
				found = append(found, child)
			}
		}
	}
	return found
}

func setDefault(parent map[string]any, name string, value any) {
	if parent != nil && parent[name] == nil {
		parent[name] = value
	}
}

// sorted has the keys in another order than Go's structs have.
func sorted(text []byte) []byte {
	var anything any
	check(json.Unmarshal(text, &anything))
	return marshal(anything)
}

func marshal(value any) []byte {
	text, err := json.Marshal(value)
	check(err)
	return text
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
