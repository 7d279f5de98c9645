console.log('instrumented');
