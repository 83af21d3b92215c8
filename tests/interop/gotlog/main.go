// usage: gotlog EXPORT VKEY OLD
// Another implementation of the tree (golang.org/x/mod/sumdb) reads an exported log: the note's
// signature, the root over all entries, inclusion of entries and consistency with an older
// checkpoint, each proof taken from the published tiles.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Println("Bail out!", err)
		os.Exit(1)
	}
}

// c2sp.org/tlog-tiles: levels count tiles of height 8, partial ones end in .p/W.
func path(level string, n int64, width int) string {
	digits := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		digits = fmt.Sprintf("x%03d/%s", n%1000, digits)
	}
	if width < 256 {
		digits += ".p/" + strconv.Itoa(width)
	}
	return filepath.Join("tile", level, digits)
}

type folder struct {
	dir  string
	tree tlog.Tree
}

func (f folder) Height() int { return 8 }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, t := range tiles {
		data, err := os.ReadFile(filepath.Join(f.dir, path(strconv.Itoa(t.L), t.N, t.W)))
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

func open(name, vkey string) tlog.Tree {
	verifier, err := note.NewVerifier(vkey)
	must(err)
	text, err := os.ReadFile(name)
	must(err)
	signed, err := note.Open(text, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(signed.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	must(err)
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree
}

func entries(dir string, size int64) [][]byte {
	var out [][]byte
	for n := int64(0); n*256 < size; n++ {
		width := size - n*256
		if width > 256 {
			width = 256
		}
		data, err := os.ReadFile(filepath.Join(dir, path("entries", n, int(width))))
		must(err)
		for len(data) > 0 {
			length := binary.BigEndian.Uint16(data)
			out = append(out, data[2:2+length])
			data = data[2+length:]
		}
	}
	return out
}

func root(all [][]byte) tlog.Hash {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, k := range at {
			out[i] = stored[k]
		}
		return out, nil
	})
	for i, e := range all {
		hashes, err := tlog.StoredHashes(int64(i), e, reader)
		must(err)
		stored = append(stored, hashes...)
	}
	hash, err := tlog.TreeHash(int64(len(all)), reader)
	must(err)
	return hash
}

func main() {
	dir, vkey := os.Args[1], os.Args[2]
	tree, old := open(filepath.Join(dir, "checkpoint"), vkey), open(os.Args[3], vkey)
	fmt.Println("1..4\nok 1 - x/mod/sumdb/note opens both checkpoints")

	all := entries(dir, tree.N)
	hash := root(all)
	if int64(len(all)) != tree.N || !bytes.Equal(hash[:], tree.Hash[:]) {
		fmt.Println("not ok 2 - the root over all entries is the signed one")
		os.Exit(1)
	}
	fmt.Println("ok 2 - the root over all entries is the signed one")

	reader := tlog.TileHashReader(tree, folder{dir, tree})
	for i := int64(0); i < tree.N; i += 7 {
		proof, err := tlog.ProveRecord(tree.N, i, reader)
		must(err)
		leaf := sha256.Sum256(append([]byte{0}, all[i]...))
		must(tlog.CheckRecord(proof, tree.N, tree.Hash, i, tlog.Hash(leaf)))
	}
	fmt.Println("ok 3 - inclusion of entries is proved from the tiles")

	proof, err := tlog.ProveTree(tree.N, old.N, reader)
	must(err)
	must(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
	fmt.Println("ok 4 - the tree grew from the older checkpoint")
}
